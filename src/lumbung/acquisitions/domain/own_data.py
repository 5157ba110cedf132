"""What this part keeps of a member: what they asked the library to get."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.acquisitions.domain.forgetting import forget_who_asked
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member

_KEPT = (
    "asked_at", "title", "creator", "publisher", "year", "isbn", "asked_copies", "copies", "price_guess", "why", "pickup_branch__name",
    "state", "decided_at", "reason",
)  # fmt: skip


def _told(member: Member) -> Mapping[str, Any]:
    asked = PurchaseRequest.objects.filter(member=member).order_by("asked_at")
    return {"purchase_requests": list(asked.values(*_KEPT))}


def _erase(member: Member) -> None:
    """The requests stay as nobody's, without their reasons and what was written of the decision; the journal no longer tells whose they
    were."""
    forget_who_asked(PurchaseRequest.objects.filter(member=member))


HOLDING = Holding(
    code="acquisitions",
    name=gettext_lazy("Usulan pengadaan"),
    told=_told,
    erase=_erase,
    words={
        "purchase_requests": gettext_lazy("usulan pengadaan"),
        "asked_at": gettext_lazy("diusulkan"),
        "creator": gettext_lazy("pengarang"),
        "publisher": gettext_lazy("penerbit"),
        "year": gettext_lazy("tahun terbit"),
        "isbn": gettext_lazy("ISBN"),
        "asked_copies": gettext_lazy("eksemplar yang diusulkan"),
        "copies": gettext_lazy("jumlah eksemplar"),
        "price_guess": gettext_lazy("perkiraan harga"),
        "why": gettext_lazy("untuk apa"),
        "pickup_branch__name": gettext_lazy("dipesankan di"),
        "decided_at": gettext_lazy("diputuskan"),
        "reason": gettext_lazy("alasan keputusan"),
    },
    choices={"purchase_requests.state": PurchaseRequest.States},
    models=("acquisitions.PurchaseRequest",),
)
