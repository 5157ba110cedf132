"""How what is kept digitally is, for those who look after it."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain import fixity
from lumbung.digital.domain.storage_health import states_of_places
from lumbung.digital.models import Conditions, DepositFile, KeptContent
from lumbung.digital.permissions import PRESERVE
from lumbung.digital.queries import preservation as asked
from lumbung.digital.queries.conditions import terms
from lumbung.digital.queries.files import titled
from lumbung.digital.queries.preservation_events import premis_of
from lumbung.kernel.pieces import inbox_of
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.pieces import received


@needs(PRESERVE)
@require_safe
def preservation(request: HttpRequest) -> HttpResponse:
    """The state of all contents and places, and each content."""
    chosen = request.GET.get("condition", "")
    chosen = chosen if chosen in Conditions.values else ""
    unknown = request.GET.get("format") == "unknown"
    page = page_of(asked.contents(chosen, unknown=unknown), request)
    names = asked.names_of(list(page))
    states = states_of_places()
    facts = {
        "page": page,
        "rows": [(each, names.get(each.sha256, each.sha256[:12])) for each in page],
        "chosen": chosen,
        "unknown": unknown,
        "summary": asked.summary(second=states[1].name if len(states) > 1 else ""),
        "places": states,
        "terms": terms(),
        "conditions": Conditions.choices,
    }
    return render(request, "digital/preservation.html", facts)


@needs(PRESERVE)
@require_safe
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """One content: where it belongs, how it is, what happened to it."""
    shown = get_object_or_404(KeptContent.objects.select_related("format"), pk=pk)
    facts = {"content": shown, "files": list(titled().filter(sha256=shown.sha256)), "history": asked.history_of(shown)[:50]}
    facts["deposits"] = list(DepositFile.objects.filter(sha256=shown.sha256).select_related("deposit"))
    return render(request, "digital/kept_content.html", {**facts, "terms": terms()})


@needs(PRESERVE)
@require_safe
def premis(_request: HttpRequest, pk: int) -> HttpResponse:
    """The content and all that happened to it, as PREMIS 3.0."""
    shown = get_object_or_404(KeptContent.objects.select_related("format"), pk=pk)
    told = premis_of(shown, name=asked.names_of([shown]).get(shown.sha256, ""))
    head = {"Content-Disposition": f'attachment; filename="premis-{shown.sha256[:12]}.xml"'}
    return HttpResponse(told, content_type="application/xml; charset=utf-8", headers=head)


@needs(PRESERVE)
@require_POST
def content_check(request: HttpRequest, pk: int) -> HttpResponse:
    found = fixity.check(get_object_or_404(KeptContent, pk=pk), by=request.user)
    if found.said:
        messages.error(request, _("Satu tempat tidak menjawab: %(said)s") % {"said": found.said})
    elif found.mended:
        places = ", ".join(found.mended)
        messages.warning(request, _("Rusak di %(places)s, dan sudah diperbaiki dari salinan yang utuh.") % {"places": places})
    else:
        messages.success(request, _("Sudah dibaca ulang: %(condition)s.") % {"condition": found.get_condition_display()})
    return redirect("digital:kept_content", pk)


@needs(PRESERVE)
def good_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same file from a shelf, a disk or a backup, in pieces or whole."""
    wanted = get_object_or_404(KeptContent, pk=pk)

    def finished(path: Path, _name: str) -> None:
        try:
            fixity.keep_good_copy(wanted, path, by=request.user)
        finally:
            path.unlink(missing_ok=True)
        messages.success(request, _("Salinannya sama sampai bita terakhir dan sudah dipakai."))

    back = redirect("digital:kept_content", pk)
    return received(request, inbox_of(request.user, f"content-{pk}"), finished, back, largest=wanted.size)


@needs(PRESERVE)
@require_POST
def check_all(request: HttpRequest) -> HttpResponse:
    count = fixity.check_all_now(by=request.user)
    messages.success(
        request,
        ngettext("%(count)s berkas akan dibaca ulang di latar.", "%(count)s berkas akan dibaca ulang di latar.", count)
        % {"count": count},
    )
    return redirect("digital:preservation")
