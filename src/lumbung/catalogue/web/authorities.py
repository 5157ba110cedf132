"""Authorities: the list, the page of one, adding, changing, merging, removing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities.choosing import heading_subfields
from lumbung.catalogue.domain.authorities.described import heading_field
from lumbung.catalogue.domain.authorities.entry import entry_of, new_authority_marc, revised
from lumbung.catalogue.domain.authorities.establishing import add_authority, change_authority, remove_authority
from lumbung.catalogue.domain.authorities.keys import CODES
from lumbung.catalogue.domain.authorities.merging import merge_authorities
from lumbung.catalogue.domain.authorities.relations import led_to
from lumbung.catalogue.domain.authorities.undoing import undo_heading_change
from lumbung.catalogue.domain.name_entry import entered
from lumbung.catalogue.models import Authority, HeadingChange, HeadingKind
from lumbung.catalogue.permissions import AUTHORITIES, SEE
from lumbung.catalogue.queries.heading_changes import authority_merged_into
from lumbung.catalogue.web.authority_forms import AuthorityForm, MergeForm
from lumbung.catalogue.web.marc_form import unreadable_remarks
from lumbung.formats.marc.lines import Unreadable, from_lines, to_lines
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import UNPROCESSABLE, form_page, reasons_shown_on

SIZE = 50


@needs(SEE)
def authorities(request: HttpRequest) -> HttpResponse:
    """Headings and see references by the alphabet, from ``?q=`` onwards; above them names that are spoken so."""
    words, kind, after = request.GET.get("q", "").strip(), request.GET.get("kind", ""), request.GET.get("after", "")
    kind = kind if kind in HeadingKind.values else ""
    rows = queries.names_from(words, kind=kind, after=_number(after), size=SIZE + 1)
    found = queries.names_like(words, kinds=[kind] if kind else []) if words and not after else []
    listed = {each.authority_id for each in rows[:SIZE]}
    context = {
        "words": words,
        "kind": kind,
        "kinds": HeadingKind.choices,
        "rows": rows[:SIZE],
        "next": rows[SIZE - 1].pk if len(rows) > SIZE else None,
        "spoken": [each for each in found if each.authority_id not in listed],
        "changes": queries.heading_changes_under_way()[:5],
    }
    return render(request, "catalogue/authorities.html", context)


@needs(SEE)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Headings for what is being typed, see references led to their heading; with ``field``, each with what it puts into a field."""
    kinds = [each for each in request.GET.get("kinds", "").split(",") if each in HeadingKind.values]
    found = queries.names_like(request.GET.get("q", ""), kinds=kinds)
    told = [
        {
            "heading": each.authority.heading,
            "see": each.label if each.form == "see" else "",
            "key": each.authority_id,
            **(_for_a_field(each.authority) if "field" in request.GET else {}),
        }
        for each in found
    ]
    if "field" in request.GET and HeadingKind.PERSON in kinds:
        told += _by_rule(request.GET.get("q", ""), known={str(each["heading"]) for each in told})
    return JsonResponse({"suggestions": told})


def _by_rule(name: str, *, known: set[str]) -> list[dict[str, object]]:
    """What the library's rule makes of a name that is not established so."""
    made = entered(name, queries.name_rule())
    if made.heading == name or made.heading in known:
        return []
    subfields = [("a", made.heading), *([("c", made.titles)] if made.titles else [])]
    ind1 = "1" if "," in made.heading else "0"
    return [
        {
            "heading": made.heading,
            "see": "",
            "key": 0,
            "kind": _("Menurut aturan nama"),
            "ind1": ind1,
            "codes": "abcdq",
            "subfields": subfields,
        }
    ]


def _for_a_field(chosen: Authority) -> dict[str, object]:
    """What the editors need to choose it: its kind in words, its first indicator, its subfields."""
    held = heading_field(chosen.marc_record)
    return {
        "kind": chosen.get_kind_display(),
        "ind1": held.ind1 if held else " ",
        "codes": CODES[HeadingKind(chosen.kind)],
        "subfields": heading_subfields(chosen),
    }


@needs(SEE)
def authority(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Authority.objects.select_related("import_run").defer("import_run__waiting", "import_run__unbound")
    shown = rows.filter(pk=pk).first()
    if shown is None:
        return _where_it_went(request, pk)
    context = {
        "authority": shown,
        "entry": entry_of(shown.marc_record),
        "marc": shown.marc_record,
        "references": led_to(shown.references.all()),
        "narrower": queries.narrower_than(shown),
        "page": page_of(queries.records_under(shown), request, 20),
        "revisions": shown.revisions.select_related("by").defer("before")[:10],
        "changes": shown.heading_changes.select_related("created_by").defer("before", "target_before")[:10],
        "merge_form": MergeForm(kind=shown.kind),
    }
    return render(request, "catalogue/authority.html", context)


def _where_it_went(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the authority that this one was merged into."""
    if (into := authority_merged_into(pk)) is None:
        raise Http404
    messages.info(request, _("Tajuk nomor %(pk)s digabungkan ke tajuk ini.") % {"pk": pk})
    return redirect("catalogue:authority", into)


@needs(AUTHORITIES)
@once
def add(request: HttpRequest) -> HttpResponse:
    begun = {name: request.GET[name] for name in ("kind", "heading") if name in request.GET}
    form = AuthorityForm(request.POST or None, begun=begun)
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_authority(new_authority_marc(form.entry()), by=request.user)
            messages.success(request, _("Tajuk “%(heading)s” ditambahkan.") % {"heading": added})
            return redirect("catalogue:authority", added.pk)
    return form_page(request, "catalogue/authority_form.html", form, authority=None)


@needs(AUTHORITIES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Authority, pk=pk)
    form = AuthorityForm(request.POST or None, entry=entry_of(shown.marc_record), version=shown.version)
    if form.is_valid():
        with reasons_shown_on(form):
            made, version = revised(shown.marc_record, form.entry()), form.cleaned_data["version"] or 0
            changed = change_authority(shown, made, version=version, by=request.user)
            return _changed(request, shown, changed)
    return form_page(request, "catalogue/authority_form.html", form, authority=shown)


@needs(AUTHORITIES)
def change_marc(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as MARC lines; what cannot be read or accepted is told above them."""
    shown = get_object_or_404(Authority, pk=pk)
    lines, version, reasons = to_lines(shown.marc_record), shown.version, []
    if request.method == "POST":
        lines, version = request.POST.get("lines", ""), _number(request.POST.get("version", "")) or 0
        try:
            return _changed(request, shown, change_authority(shown, from_lines(lines), version=version, by=request.user))
        except Unreadable as unreadable:
            reasons = [each.sentence for each in unreadable_remarks(unreadable)]
        except Refused as refused:
            reasons = [str(each) for each in refused.reasons]
    context = {"authority": shown, "lines": lines, "version": version, "reasons": reasons}
    return render(request, "catalogue/authority_marc.html", context, status=UNPROCESSABLE if reasons else 200)


def _changed(request: HttpRequest, before: Authority, now: Authority) -> HttpResponse:
    """To the page of the change when the heading is being carried into titles; else to the authority."""
    running = now.heading_changes.filter(state=HeadingChange.States.RUNNING).first() if now.version != before.version else None
    if running is not None and running.expected:
        return redirect("catalogue:heading_change", running.pk)
    messages.success(request, _("Tajuk “%(heading)s” disimpan.") % {"heading": now})
    return redirect("catalogue:authority", now.pk)


@needs(AUTHORITIES)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge this authority into the one whose heading or number was given."""
    shown = get_object_or_404(Authority, pk=pk)
    form = MergeForm(request.POST, kind=shown.kind)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["into"])))
        return redirect("catalogue:authority", pk)
    begun = merge_authorities(shown, into=form.cleaned_data["into"], by=request.user)
    return redirect("catalogue:heading_change", begun.pk)


@needs(AUTHORITIES)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Authority, pk=pk)
    remove_authority(gone, by=request.user)
    messages.success(request, _("Tajuk “%(heading)s” dihapus.") % {"heading": gone})
    return redirect("catalogue:authorities")


@needs(SEE)
def heading_change(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a change of a heading got; for htmx only the part that moves."""
    shown = get_object_or_404(HeadingChange.objects.select_related("authority", "created_by"), pk=pk)
    template = "catalogue/heading_change_state.html" if request.headers.get("HX-Request") else "catalogue/heading_change.html"
    return render(request, template, {"change": shown})


@needs(AUTHORITIES)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    undo_heading_change(get_object_or_404(HeadingChange.objects.select_related("authority"), pk=pk), by=request.user)
    messages.success(request, _("Perubahan tajuk sedang dibatalkan. Halaman ini boleh ditinggalkan."))
    return redirect("catalogue:heading_change", pk)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 -- fits the column
