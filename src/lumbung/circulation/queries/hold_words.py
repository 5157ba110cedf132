"""What rules say of holds and of asking back, in words. What is as usual is not told."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.circulation.models import HoldFrom, HoldOf, PickupAt, Policy
from lumbung.kernel.ui.words import rupiah

TERMS_OF_HOLDS: Mapping[str, str | Promise] = {
    "hold_of": gettext_lazy("Yang dipesan"),
    "hold_from": gettext_lazy("Siapa yang boleh memesan"),
    "pickup_at": gettext_lazy("Tempat ambil pesanan"),
    "guarded_days": gettext_lazy("Eksemplar baru"),
    "unfetched_fee": gettext_lazy("Pesanan yang tidak diambil"),
    "cancel_ready": gettext_lazy("Membatalkan yang sudah siap"),
    "recall_limit": gettext_lazy("Meminta kembali"),
    "recall_days": gettext_lazy("Sesudah diminta kembali"),
    "recall_fine": gettext_lazy("Denda sesudah diminta kembali"),
}
_FROM: Mapping[str, str | Promise] = {
    HoldFrom.OWN: gettext_lazy("hanya dipesan anggota cabang pemiliknya"),
    HoldFrom.GROUP: gettext_lazy("hanya dipesan anggota cabang pemiliknya dan cabang seinduk"),
}
_AT: Mapping[str, str | Promise] = {
    PickupAt.HOME: gettext_lazy("pesanan hanya diambil di cabang pemiliknya"),
    PickupAt.HOLDING: gettext_lazy("pesanan hanya diambil di tempat eksemplarnya berada"),
    PickupAt.GROUP: gettext_lazy("pesanan hanya diambil di cabang pemiliknya dan cabang seinduk"),
}
_OF: Mapping[str, str | Promise] = {
    HoldOf.EITHER: gettext_lazy("anggota boleh memilih eksemplar yang dipesan"),
    HoldOf.COPY: gettext_lazy("anggota memilih eksemplar yang dipesan"),
}


def _guarded(policy: Policy) -> str:
    if policy.guarded_days is None:
        return ""
    return ngettext(
        "%(n)s hari pertama hanya dipesan anggota cabang pemiliknya atau diambil di sana",
        "%(n)s hari pertama hanya dipesan anggota cabang pemiliknya atau diambil di sana",
        policy.guarded_days,
    ) % {"n": policy.guarded_days}


def _unfetched(policy: Policy) -> str:
    fee = policy.unfetched_fee
    return _("%(amount)s bila pesanan tidak diambil") % {"amount": rupiah(fee)} if fee else ""


def _recalls(policy: Policy) -> str:
    if not policy.recall_limit:
        return ""
    said = _("anggota boleh meminta kembali paling banyak %(n)s") % {"n": policy.recall_limit}
    if policy.recalls_per_record is not None:
        said += ", " + _("tiap judul %(n)s") % {"n": policy.recalls_per_record}
    if policy.recall_on_shelf:
        said += ", " + _("walau ada di rak")
    if policy.recall_shelf_days is not None:
        said += ", " + ngettext("menunggu %(n)s hari buka", "menunggu %(n)s hari buka", policy.recall_shelf_days) % {
            "n": policy.recall_shelf_days
        }
    return said


def _recalled(policy: Policy) -> str:
    said = []
    if policy.recall_days is not None:
        said.append(
            ngettext(
                "dikembalikan dalam %(n)s hari buka sesudah diminta kembali",
                "dikembalikan dalam %(n)s hari buka sesudah diminta kembali",
                policy.recall_days,
            )
            % {"n": policy.recall_days}
        )
    if policy.recall_kept_days is not None:
        said.append(
            ngettext(
                "boleh disimpan paling sedikit %(n)s hari", "boleh disimpan paling sedikit %(n)s hari", policy.recall_kept_days
            )
            % {"n": policy.recall_kept_days}
        )
    return ", ".join(said)


def _fine(policy: Policy) -> str:
    fine = policy.recall_fine
    return "" if fine is None else _("denda %(amount)s bila diminta kembali dan terlambat") % {"amount": rupiah(fine)}


WORDS_OF_HOLDS: Mapping[str, Callable[[Policy], str]] = {
    "hold_of": lambda policy: str(_OF.get(policy.hold_of, "")),
    "hold_from": lambda policy: str(_FROM.get(policy.hold_from, "")),
    "pickup_at": lambda policy: str(_AT.get(policy.pickup_at, "")),
    "guarded_days": _guarded,
    "unfetched_fee": _unfetched,
    "cancel_ready": lambda policy: "" if policy.cancel_ready else _("yang sudah siap hanya dibatalkan petugas"),
    "recall_limit": _recalls,
    "recall_days": _recalled,
    "recall_fine": _fine,
}
