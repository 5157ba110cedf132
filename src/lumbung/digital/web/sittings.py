"""Places of files that only so many may read at once, as requests take them and give them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lumbung.digital.domain.sittings import sit_down, stand_up
from lumbung.digital.models import File, FileUse, Sitting
from lumbung.digital.queries.access import reads_in_turn
from lumbung.digital.queries.sittings import minutes_kept, turn_of
from lumbung.digital.refusals import ALL_PLACES_READ
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.counting import count
from lumbung.digital.web.files import decided
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import signed_in


def sitting_at(request: HttpRequest, file: File) -> Sitting | None:
    """This reader's place at the file, or in its queue; None where nothing limits how many read. Access has been decided."""
    if not reads_in_turn(file) or asker_of(request).keeps:
        return None
    return sit_down(file, request.user)  # type: ignore[arg-type]


def waits(sitting: Sitting | None) -> bool:
    return sitting is not None and sitting.place is None


def refuse_who_waits(request: HttpRequest, file: File) -> None:
    """Refuses with the place in the queue while others read at all places."""
    sitting = sitting_at(request, file)
    if sitting is not None and sitting.place is None:
        raise Refused(ALL_PLACES_READ(most=file.at_once, position=turn_of(sitting, file).position))


def waiting_page(request: HttpRequest, file: File, sitting: Sitting) -> HttpResponse:
    """Where in the queue somebody is, and for how long; it asks again by itself, and leads into the reader when the turn came."""
    if not request.headers.get("HX-Request"):
        count(request, file, FileUse.Kinds.DENIED, reason=ALL_PLACES_READ.code)
    facts = {"file": file, "record": file.record, "turn": turn_of(sitting, file), "minutes_kept": minutes_kept()}
    return render(request, "digital/waiting.html", facts)


@require_http_methods(["DELETE"])
@signed_in
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE gives the place, or the place in the queue, to the next."""
    file, _access = decided(request, pk)
    stand_up(file, request.user)  # type: ignore[arg-type]
    messages.success(request, _("Tempat baca Anda diserahkan kepada pembaca berikutnya."))
    return redirect("digital:file", pk)
