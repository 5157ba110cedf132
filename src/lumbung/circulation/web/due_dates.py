"""Due dates that fall on closed days: proposed, moved by one press, and back again."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.circulation.domain.due_dates import move_back, move_off_closed_days
from lumbung.circulation.models import DueDateMove
from lumbung.circulation.permissions import CLOSE_DOORS
from lumbung.circulation.queries.due_dates import due_on_closed_days, moves_found, still_moved
from lumbung.kernel.days import iso_day
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import page_of
from lumbung.organization.domain.calendar import LONGEST_CLOSURE
from lumbung.organization.queries import branch_of, branches

SHOWN, LAST_MOVES = 50, 20


@needs(CLOSE_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def due_dates(request: HttpRequest) -> HttpResponse:
    """What falls due on closed days and when it would be due instead; a POST moves all that was shown."""
    if request.method == "POST":
        move = move_off_closed_days(looked_at=key_in(request.POST.get("looked_at")), by=request.user)
        count = move.shifts.count()
        told = ngettext(
            "%(count)d jatuh tempo dipindahkan. Anggota melihat tanggal barunya.",
            "%(count)d jatuh tempo dipindahkan. Anggota melihat tanggal barunya.",
            count,
        )
        messages.success(request, told % {"count": count})
        return redirect("circulation:due_dates")
    proposed = due_on_closed_days()
    groups = Counter((each.loan.lent_from_id, each.day, each.reason, each.due_at) for each in proposed)
    context = {
        "proposed": proposed,
        "groups": [(branch_of(branch), *rest, count) for (branch, *rest), count in groups.items()],
        "page": page_of(proposed, request, size=SHOWN),
        "moves": (moves := moves_found())[:LAST_MOVES],
        "more_moves": moves.count() > LAST_MOVES,
    }
    return render(request, "circulation/due_dates.html", context)


@needs(CLOSE_DOORS)
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a move back; who came from the list of all of them (``from=moves``) comes back to it."""
    count = move_back(get_object_or_404(DueDateMove, pk=pk), by=request.user)
    messages.success(
        request,
        ngettext("%(count)d jatuh tempo kembali seperti semula.", "%(count)d jatuh tempo kembali seperti semula.", count)
        % {"count": count},
    )
    return redirect("circulation:due_date_moves" if request.POST.get("from") == "moves" else "circulation:due_dates")


def closures_panel(request: HttpRequest) -> SafeString:
    """On the page of closures: the way to the proposal; and, where one was just entered, how many loans fall due on a closed day now;
    where one was called off or shortened, how many stay moved off the days that are open again."""
    if not may(request.user, CLOSE_DOORS):
        return SafeString("")
    count = len(due_on_closed_days()) if "announced" in request.GET else 0
    context = {"count": count, "moved": _still_moved(request)}
    return render_to_string("circulation/panels/due_on_closed_days.html", context, request)


def _still_moved(request: HttpRequest) -> int:
    """Off the days that the address names as open again (``lifted`` to ``until``), at the branch it names (``at``), else anywhere."""
    first, last, key = iso_day(request.GET.get("lifted")), iso_day(request.GET.get("until")), request.GET.get("at")
    branch = next((each for each in branches() if str(each.pk) == key), None)
    if first is None or last is None or (key and branch is None) or not timedelta(0) <= last - first < LONGEST_CLOSURE:
        return 0
    return still_moved(first, last, branch)
