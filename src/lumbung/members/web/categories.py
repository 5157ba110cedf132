"""The categories of members."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain.categories import add_category, change_category, remove_category
from lumbung.members.models import Category
from lumbung.members.web.forms import CategoryForm


@needs(permissions.CATEGORIES)
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Every category with how many members are in it."""
    rows = Category.objects.select_related("parent").annotate(member_count=Count("members"))
    return render(request, "members/categories.html", {"categories": rows})


@needs(permissions.CATEGORIES)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    form = CategoryForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_category(**form.cleaned_data, by=request.user)
            messages.success(request, _("Kategori %(name)s ditambahkan.") % {"name": added.name})
            return redirect("members:categories")
    return form_page(request, "members/category.html", form, category=None)


@needs(permissions.CATEGORIES)
@require_http_methods(["GET", "POST", "DELETE"])
def category(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a category; DELETE removes it when it is empty."""
    shown = get_object_or_404(Category, pk=pk)
    if request.method == "DELETE":
        return _remove(request, shown)
    form = CategoryForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_category(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:categories")
    return form_page(request, "members/category.html", form, category=shown)


def _remove(request: HttpRequest, category: Category) -> HttpResponse:
    remove_category(category, by=request.user)
    messages.success(request, _("Kategori %(name)s dihapus.") % {"name": category.name})
    return redirect("members:categories")
