"""What this part keeps of a member: what they asked the library to get."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.acquisitions.models import PurchaseRequest
from lumbung.kernel import events
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member


def _told(member: Member) -> Mapping[str, Any]:
    asked = PurchaseRequest.objects.filter(member=member).order_by("asked_at")
    return {"purchase_requests": list(asked.values("asked_at", "title", "creator", "isbn", "copies", "why", "state", "reason"))}


def _erase(member: Member) -> None:
    """The requests stay as nobody's, without their reasons; the journal no longer tells whose they were."""
    own = PurchaseRequest.objects.filter(member=member)
    keys = list(own.values_list("pk", flat=True))
    own.update(member=None, why="", pickup_branch=None)
    entries = JournalEntry.objects.filter(name__startswith="PurchaseRequest", member=member.pk)
    events.forget([(entry, member.user_id) for entry in entries if entry.data["purchase_request"] in keys], "member")


HOLDING = Holding(
    code="acquisitions",
    name=gettext_lazy("Usulan pengadaan"),
    told=_told,
    erase=_erase,
    words={"purchase_requests": gettext_lazy("usulan pengadaan")},
    choices={"purchase_requests.state": PurchaseRequest.States},
    models=("acquisitions.PurchaseRequest",),
)
