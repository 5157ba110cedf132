"""What this part keeps of a member: when they came in, for thirty days."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member
from lumbung.spaces.models import Visit


def _told(member: Member) -> Mapping[str, Any]:
    return {"visits": list(Visit.objects.filter(member=member).order_by("came_at").values("came_at", "gate__name"))}


def _erase(member: Member) -> None:
    """The visits are counted on, as nobody's."""
    Visit.objects.filter(member=member).update(member=None)


HOLDING = Holding(
    code="visits",
    name=gettext_lazy("Kunjungan"),
    told=_told,
    erase=_erase,
    words={"visits": gettext_lazy("kunjungan"), "came_at": gettext_lazy("datang"), "gate__name": gettext_lazy("pintu")},
    models=("spaces.Visit",),
)
