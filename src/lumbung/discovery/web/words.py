"""Words and synonyms: what librarians say about words, its effect before it is saved, and how to take it back."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.discovery.queries.words import effect_of
from lumbung.discovery.web.word_forms import FilterForm, GroupForm
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once_pressed
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.search.domain.words import add_group, change_group, faults_of, remove_group, set_active, undo_change
from lumbung.search.models import WordChange, WordGroup
from lumbung.search.permissions import WORDS
from lumbung.search.queries import word_changes, word_groups
from lumbung.search.unready import unanswered

RECENT = 8


@needs(WORDS)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The groups, and the latest changes with how far the index follows; for htmx only the changes."""
    changes = list(word_changes()[:RECENT])
    context = {"changes": changes, "is_following": any(not change.followed for change in changes)}
    if request.headers.get("HX-Request"):
        return render(request, "discovery/word_changes.html", context)
    form = FilterForm(request.GET)
    context |= {
        "form": form,
        "page": page_of(_chosen(form), request),
        "is_chosen": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "discovery/words.html", context)


@needs(WORDS)
@require_http_methods(["GET", "POST"])
@once_pressed("save")
def new(request: HttpRequest) -> HttpResponse:
    """A new group; ``?terms=`` is where it begins, as when a search found nothing."""
    begun = {"kind": WordGroup.Kinds.SYNONYM, "terms": request.GET.get("terms", "")[:200]}
    form = GroupForm(request.POST or None, initial=begun)
    if form.is_valid() and "save" in request.POST:
        source = WordGroup.Sources.SEARCHES if begun["terms"] else WordGroup.Sources.STAFF
        with reasons_shown_on(form):
            added = add_group(**form.cleaned_data, source=source, by=request.user)
            messages.success(request, _said_of(added))
            return redirect("discovery:words")
    return _group_page(request, form, None)


@needs(WORDS)
@require_http_methods(["GET", "POST", "DELETE"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a group; DELETE removes it."""
    shown = get_object_or_404(WordGroup, pk=pk)
    if request.method == "DELETE":
        return _removed(request, shown)
    held = {"kind": shown.kind, "terms": "\n".join(shown.terms), "note": shown.note}
    form = GroupForm(request.POST or None, initial=held)
    if form.is_valid() and "save" in request.POST:
        with reasons_shown_on(form):
            changed = change_group(shown, **form.cleaned_data, active=shown.active, by=request.user)
            messages.success(request, _said_of(changed))
            return redirect("discovery:words")
    return _group_page(request, form, shown)


@needs(WORDS)
@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a group on or off."""
    changed = set_active(get_object_or_404(WordGroup, pk=pk), request.POST.get("active") == "1", by=request.user)
    said = _("“%(group)s” dipakai lagi.") if changed.active else _("“%(group)s” dimatikan.")
    messages.success(request, said % {"group": changed})
    return redirect("discovery:words")


@needs(WORDS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(WordChange, pk=pk)
    undo_change(change, by=request.user)
    messages.success(request, _("Perubahan “%(group)s” diurungkan.") % {"group": change})
    return redirect("discovery:words")


def _removed(request: HttpRequest, group: WordGroup) -> HttpResponse:
    remove_group(group, by=request.user)
    messages.success(request, _("“%(group)s” dihapus. Urungkan di bawah bila keliru.") % {"group": group})
    return redirect("discovery:words")


def _group_page(request: HttpRequest, form: GroupForm, group: WordGroup | None) -> HttpResponse:
    """The form, with the effect of what was typed, if it could be saved."""
    effect = None
    if form.is_valid() and not form.errors:
        what = {"kind": form.cleaned_data["kind"], "terms": form.cleaned_data["terms"]}
        with reasons_shown_on(form):
            if reasons := faults_of(**what, besides=group):
                raise Refused(reasons)
            effect = effect_of(**what, user=request.user)
    page = form_page(request, "discovery/word_group.html", form, group=group, effect=effect)
    return unanswered(request, page) if effect == [] else page


def _chosen(form: FilterForm) -> "QuerySet[WordGroup]":
    groups = word_groups()
    if not form.is_valid():
        return groups
    if kind := form.cleaned_data["kind"]:
        groups = groups.filter(kind=kind)
    return groups.filter(said__icontains=form.cleaned_data["q"].strip()) if form.cleaned_data["q"].strip() else groups


def _said_of(group: WordGroup) -> str:
    if group.changes_index:
        return _("“%(group)s” disimpan. Judul yang memuatnya sedang diindeks ulang; pencarian tetap jalan.") % {"group": group}
    return _("“%(group)s” disimpan dan langsung dipakai.") % {"group": group}
