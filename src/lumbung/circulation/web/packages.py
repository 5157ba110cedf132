"""Packages of terms: the list, the editor with a preview of what a change would do, and removing one that no rule names."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.packages import add_package, change_package, remove_package
from lumbung.circulation.models import TermPackage
from lumbung.circulation.queries import previewing
from lumbung.circulation.queries.explaining import words_of_the_past
from lumbung.circulation.queries.rules import said_by
from lumbung.circulation.queries.rulings import last_day_of
from lumbung.circulation.queries.term_words import words_of
from lumbung.circulation.refusals import PACKAGE_GONE
from lumbung.circulation.web.rules import SEEN
from lumbung.circulation.web.terms_forms import PackageForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, row_of_form


@needs(permissions.RULES)
@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """Every package, with what it says and how many rules name it."""
    words = request.GET.get("q", "").strip()
    shown = page_of(
        TermPackage.objects.filter(name__icontains=words).annotate(named_by=Count("rules")).order_by("name"), request
    )
    said = [(package, said_by(package)) for package in shown.object_list]
    lines = [(package, [*words_of(says), *words_of_the_past(last_day_of(says))]) for package, says in said]
    return render(request, "circulation/packages.html", {"page": shown, "lines": lines, "q": words})


@needs(permissions.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    form = PackageForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            add_package(**form.cleaned_data, by=request.user)
            messages.success(request, _("Paket ketentuan ditambahkan."))
            return redirect("circulation:packages")
    return form_page(request, "circulation/package.html", form, package=None)


@needs(permissions.RULES)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a package, once it was seen what that would do; DELETE removes one that no rule names."""
    shown = row_of_form(request, TermPackage, pk, gone=PACKAGE_GONE)
    if request.method == "DELETE":
        return _removed(request, shown)
    form = PackageForm(request.POST or None, instance=shown)
    if form.is_valid() and SEEN in request.POST:
        with reasons_shown_on(form):
            change_package(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:packages")
    seen = previewing.preview(previewing.rules_with_package(form.drawn())) if form.is_bound and form.is_valid() else None
    rules = [rule for rule in queries.loan_rules() if rule.package_id == pk]
    return form_page(request, "circulation/package.html", form, package=shown, preview=seen, rules=rules)


def _removed(request: HttpRequest, package: TermPackage) -> HttpResponse:
    remove_package(package, by=request.user)
    messages.success(request, _("Paket ketentuan dihapus."))
    return redirect("circulation:packages")
