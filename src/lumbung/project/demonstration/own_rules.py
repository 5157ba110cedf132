"""Rules of the demonstration library that not everybody shares: for the campus of a group of branches, and for two members."""

from datetime import date, timedelta

from lumbung.accounts.models import User
from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.personal_rules import add_personal_rule
from lumbung.circulation.domain.rules import add_rule
from lumbung.members.models import Member
from lumbung.organization.domain.branch_groups import add_branch_group
from lumbung.organization.models import Branch

CAMPUS = "Kampus Yogyakarta"
CAMPUS_BRANCHES = ("PUSAT", "FIK")
REFERENCE = ("reference", "dictionary", "encyclopaedia")


def set_rules_of_their_own(today: date, *, by: User) -> None:
    """What members from Denpasar wait for in Yogyakarta is kept for them longer. A lecturer may take works of reference home, and a reader
    whose loans came back damaged may borrow textbooks alone for a while."""
    campus = add_branch_group(name=CAMPUS, branches=Branch.objects.filter(code__in=CAMPUS_BRANCHES), by=by)
    denpasar = Branch.objects.get(code="BALI")
    add_rule(name="Pesanan anggota Denpasar di Yogyakarta", branch_group=campus, home=denpasar, hold_days=10, by=by)
    add_personal_rule(
        Member.objects.get(name="Slamet Riyadi, M.Pd."),
        kind="allowed",
        item_types=ItemType.objects.filter(code__in=REFERENCE),
        loan_days=3,
        reason="Menyusun buku ajar dan perlu membandingkan buku rujukan di rumah",
        until=today + timedelta(days=120),
        by=by,
    )
    add_personal_rule(
        Member.objects.get(name="Ronald Pesik"),
        kind="only",
        item_types=ItemType.objects.filter(code="textbook"),
        reason="Dua novel kembali dengan halaman basah; berlaku sampai penggantinya tiba",
        until=today + timedelta(days=30),
        by=by,
    )
