"""What this part keeps of a member: works they handed in, and files they added."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.digital.models import (
    Deposit,
    DepositKinds,
    DepositRemark,
    DepositStates,
    EHold,
    ELoan,
    File,
    Licence,
    Mark,
    Passphrase,
    Position,
    ReadingDevice,
    Sitting,
)
from lumbung.digital.models.deposit import WITH_STAFF
from lumbung.digital.refusals import DEPOSIT_UNDER_WAY, E_LOANS_OPEN
from lumbung.kernel.refusals import Reason
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member

_TOLD = ("title", "kind", "state", "author", "author_number", "created_at", "submitted_at", "published_at")


def _told(member: Member) -> Mapping[str, Any]:
    files = File.objects.filter(added_by=member.user_id) if member.user_id else File.objects.none()
    read = {"reader": member.user_id or 0}
    loans = ELoan.objects.filter(member=member).order_by("pk")
    holds = EHold.objects.filter(member=member).order_by("pk")
    marks = Mark.objects.filter(**read).order_by("pk")
    return {
        "deposits": list(Deposit.objects.filter(member=member).order_by("pk").values(*_TOLD)),
        "files_added": list(files.order_by("pk").values("name", "added_at")),
        "e_loans": list(loans.values("lending__file__record__title", "lent_at", "until", "ended_at")),
        "e_holds": list(holds.values("lending__file__record__title", "placed_at", "closed_at")),
        "reading_passphrase": list(Passphrase.objects.filter(member=member).values("hint", "set_at")),
        "reading_devices": list(
            ReadingDevice.objects.filter(licence__loan__member=member).order_by("pk").values("name", "registered_at")
        ),
        "positions": list(Position.objects.filter(**read).order_by("pk").values("file__record__title", "locator", "at")),
        "sittings": list(Sitting.objects.filter(**read).order_by("pk").values("file__record__title", "since", "seen_at")),
        "marks": list(marks.values("file__record__title", "kind", "locator", "note", "changed_at")),
    }


def _against(member: Member) -> Sequence[Reason]:
    """What is with the library is finished first, and e-books borrowed or waited for are given back."""
    under_way = Deposit.objects.filter(member=member, state__in=WITH_STAFF).count()
    lent = ELoan.objects.open().filter(member=member).count() + EHold.objects.waiting().filter(member=member).count()
    return [DEPOSIT_UNDER_WAY(count=under_way)] * bool(under_way) + [E_LOANS_OPEN(count=lent)] * bool(lent)


def _erase(member: Member) -> None:
    """Drafts go. What is published names its author in the catalogue, as every book does; which member that was is forgotten.

    What they read and marked goes; loans and waiting stay without them.
    """
    Deposit.objects.filter(member=member).exclude(state=DepositStates.PUBLISHED).delete()
    Deposit.objects.filter(member=member).update(member=None)
    Passphrase.objects.filter(member=member).delete()
    Licence.objects.filter(loan__member=member, loan__ended_at__isnull=False).delete()
    ELoan.objects.filter(member=member, ended_at__isnull=False).update(member=None)
    EHold.objects.filter(member=member, closed_at__isnull=False).update(member=None)
    if member.user_id:
        DepositRemark.objects.filter(by=member.user_id).update(by=None)
        Deposit.objects.filter(reviewer=member.user_id).update(reviewer=None)
        Position.objects.filter(reader=member.user_id).delete()
        Mark.objects.filter(reader=member.user_id).delete()
        Sitting.objects.filter(reader=member.user_id).delete()
        File.objects.filter(added_by=member.user_id).update(added_by=None)


HOLDING = Holding(
    code="digital",
    name=gettext_lazy("Perpustakaan digital"),
    told=_told,
    erase=_erase,
    against=_against,
    words={
        "deposits": gettext_lazy("unggah mandiri"),
        "author": gettext_lazy("pengarang"),
        "author_number": gettext_lazy("nomor identitas"),
        "created_at": gettext_lazy("dibuat"),
        "submitted_at": gettext_lazy("dikirim"),
        "published_at": gettext_lazy("terbit"),
        "files_added": gettext_lazy("berkas yang ditambahkan"),
        "added_at": gettext_lazy("ditambahkan"),
        "e_loans": gettext_lazy("pinjaman digital"),
        "ended_at": gettext_lazy("berakhir"),
        "e_holds": gettext_lazy("pesanan digital"),
        "reading_passphrase": gettext_lazy("frasa sandi bacaan"),
        "hint": gettext_lazy("petunjuk"),
        "set_at": gettext_lazy("dibuat"),
        "reading_devices": gettext_lazy("alat baca"),
        "registered_at": gettext_lazy("terdaftar sejak"),
        "positions": gettext_lazy("tempat terakhir membaca"),
        "locator": gettext_lazy("letak"),
        "href": gettext_lazy("bagian berkas"),
        "type": gettext_lazy("jenis berkas"),
        "locations": gettext_lazy("tepatnya"),
        "fragments": gettext_lazy("penunjuk"),
        "progression": gettext_lazy("sejauh dalam bagian (0 sampai 1)"),
        "position": gettext_lazy("nomor halaman"),
        "totalProgression": gettext_lazy("sejauh dalam seluruhnya (0 sampai 1)"),
        "before": gettext_lazy("kata sebelumnya"),
        "highlight": gettext_lazy("kata di situ"),
        "after": gettext_lazy("kata sesudahnya"),
        "sittings": gettext_lazy("sedang dibaca"),
        "since": gettext_lazy("sejak"),
        "seen_at": gettext_lazy("terakhir"),
        "marks": gettext_lazy("tanda dan catatan"),
        "changed_at": gettext_lazy("diubah"),
    },
    choices={"deposits.kind": DepositKinds, "deposits.state": DepositStates, "marks.kind": Mark.Kinds},
    models=(
        "digital.File",
        "digital.Deposit",
        "digital.DepositRemark",
        "digital.DepositBatch",
        "digital.IncomingBag",
        "digital.TakedownRequest",
        "digital.ELoan",
        "digital.EHold",
        "digital.Passphrase",
        "digital.Position",
        "digital.Mark",
        "digital.Sitting",
    ),
)
