"""What circulation has to say before a clearance letter (bebas pustaka): conditions that ``members.clearance`` asks."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.circulation.models import Loan
from lumbung.circulation.queries.fees import owed_by
from lumbung.circulation.queries.fines import is_settled_loss
from lumbung.kernel.ui.words import rupiah
from lumbung.members.domain.clearance.checks import Check
from lumbung.organization.queries import branch_of


def loans_against(members: Collection[int]) -> dict[int, list[str]]:
    """By member: the titles they still have, from any branch, soonest due first. What was lost and is settled they have no more."""
    loans = Loan.objects.open().filter(~is_settled_loss(), member__in=members).order_by("due_at", "pk")
    found: dict[int, list[str]] = defaultdict(list)
    for member, title, due_at, branch in loans.values_list("member", "item__record__title", "due_at", "lent_from"):
        day = date_format(due_at.astimezone(branch_of(branch).zone), "j F Y")
        found[member].append(_("%(title)s, jatuh tempo %(day)s") % {"title": title, "day": day})
    return found


def fees_against(members: Collection[int]) -> dict[int, list[str]]:
    """By member: how much they still owe, if anything."""
    return {
        member: [_("%(amount)s belum diselesaikan") % {"amount": rupiah(owed)}] for member, owed in owed_by(members).items()
    }


NO_LOANS = Check(
    code="circulation.no_loans",
    name=gettext_lazy("Tidak ada pinjaman"),
    way=gettext_lazy("Kembalikan semua pinjaman di meja layanan atau kotak pengembalian cabang mana pun."),
    against=loans_against,
    page="/my",
)
NO_FEES = Check(
    code="circulation.no_fees",
    name=gettext_lazy("Tidak ada denda atau biaya lain"),
    way=gettext_lazy(
        "Bayar dari rumah dan kirim buktinya di halaman Biaya, atau lunasi di meja layanan; bila keberatan, minta petugas memeriksanya."
    ),
    against=fees_against,
    page="/my/fees",
)
