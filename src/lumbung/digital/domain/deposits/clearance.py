"""What this part has to say before a clearance letter (bebas pustaka): whether the thesis is published."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.digital.models import Deposit, DepositKinds, DepositStates
from lumbung.members.domain.clearance.checks import Check


def thesis_against(members: Collection[int]) -> dict[int, list[str]]:
    """By member: how far their thesis has come, for those whose is not published yet."""
    rows = Deposit.objects.filter(member__in=members, kind=DepositKinds.THESIS).exclude(state=DepositStates.DISCARDED)
    states: dict[int, set[str]] = {}
    for member, state in rows.order_by().values_list("member", "state"):
        states.setdefault(member, set()).add(state)
    return {
        member: [_said(states.get(member, set()))]
        for member in members
        if DepositStates.PUBLISHED not in states.get(member, set())
    }


def _said(states: set[str]) -> str:
    if DepositStates.NEEDS_REVISION in states:
        return _("Tugas akhir Anda perlu direvisi; lihat catatan pemeriksa.")
    if states & {DepositStates.SUBMITTED, DepositStates.IN_REVIEW}:
        return _("Tugas akhir Anda sedang diperiksa perpustakaan.")
    if DepositStates.APPROVED in states:
        return _("Tugas akhir Anda sudah disetujui dan menunggu diterbitkan.")
    return _("Tugas akhir belum diserahkan.") if not states else _("Tugas akhir masih berupa draf dan belum diajukan.")


THESIS_PUBLISHED = Check(
    code="digital.thesis_published",
    name=gettext_lazy("Tugas akhir terbit di repositori"),
    way=gettext_lazy("Serahkan tugas akhir lewat unggah mandiri; perpustakaan memeriksa lalu menerbitkannya."),
    against=thesis_against,
    page="/my/deposits",
    usual=False,
)
