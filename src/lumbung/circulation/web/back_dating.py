"""A return as of an earlier day, as a request asks for it: the day, and why."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lumbung.circulation import permissions
from lumbung.circulation.refusals import RETURN_DAY_WRONG
from lumbung.kernel.days import iso_day
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.submission import text_sent


def earlier_day(request: HttpRequest) -> dict[str, Any]:
    """``on`` and ``reason`` for ``check_in``; nothing where no day is given. Refuses what is no day, and turns away who may not."""
    given = request.POST.get("on", "").strip()
    if not given:
        return {}
    if not may(request.user, permissions.BACK_DATE):
        raise PermissionDenied
    if (on := iso_day(given)) is None:
        raise Refused(RETURN_DAY_WRONG())
    return {"on": on, "reason": text_sent(request, "reason", 200)}
