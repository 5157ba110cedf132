"""What a member may borrow by rules of their own, before every other rule."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import PersonalRule
from lumbung.circulation.models.personal_rule import SuchACopy
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rulings import Ruling
from lumbung.circulation.refusals import BORROWS_ONLY
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.queries import branch_of, branches, lineage

NAMED = ("item_types", "locations__branch", "branches")
KEPT = "_personal_rules"


def day_at_home(member: Member, now: datetime | None = None) -> date:
    """The day by which a member's own rules hold, at every desk and in every list alike: that of their home branch."""
    return (now or clock.now()).astimezone(branch_of(member.branch_id).zone).date()


def personal_rules_of(member: Member, now: datetime | None = None) -> list[PersonalRule]:
    """The member's own rules that hold then, with what they name; read once for a member, and not at all where nobody has any."""
    if not rule_book().are_personal:
        return []
    if (kept := getattr(member, KEPT, None)) is None:
        kept = list(PersonalRule.objects.filter(member=member).prefetch_related(*NAMED))
        setattr(member, KEPT, kept)
    day = day_at_home(member, now)
    return [each for each in kept if each.holds_on(day)]


def know_personal_rules(members: Collection[Member]) -> None:
    """Read the own rules of all of them at once, where what follows asks about each."""
    if not members or not rule_book().are_personal:
        return
    found: dict[int, list[PersonalRule]] = defaultdict(list)
    for each in PersonalRule.objects.filter(member__in=members).prefetch_related(*NAMED):
        found[each.member_id].append(each)
    for member in members:
        setattr(member, KEPT, found[member.pk])


def every_personal_rule() -> QuerySet[PersonalRule]:
    """Those of every member, by member, with what they name."""
    rows = PersonalRule.objects.select_related("member__category", "added_by").prefetch_related(*NAMED)
    return rows.order_by("member__name", "member", "id")


def personal_ruling(item: SuchACopy, member: Member, now: datetime | None = None) -> Ruling | None:
    """What the member's own rules say of lending this copy then; None where they leave it to the others."""
    own = personal_rules_of(member, now)
    for each in own:
        if each.kind == PersonalRule.Kinds.ALLOWED and each.covers(item):
            return _ruling(each, {"may_borrow": True, "loan_days": each.loan_days})
    only = [each for each in own if each.kind == PersonalRule.Kinds.ONLY]
    return _ruling(only[0], {"may_borrow": False}) if only and not any(each.covers(item) for each in only) else None


def personal_blocks(item: Item, member: Member) -> list[Reason]:
    """What keeps this copy from the member because only others may be lent to them."""
    found = personal_ruling(item, member)
    return [] if found is None or found.says["may_borrow"] else [borrows_only(member)]


def is_lent_to(item: Item, member: Member) -> bool:
    """Whether such a copy is lent to the member: as their own rules say, and where they say nothing, if its type is lent."""
    own = personal_ruling(item, member)
    return item.item_type.lendable if own is None else bool(own.says["may_borrow"])


def lent_to(member: Member | None = None) -> Q:
    """Of copies: those of types that are lent, and those read in the house that a rule of the member's own lets them borrow; without a
    member those that a rule of anybody's own may speak of, of which ``is_lent_to`` then says to whom."""
    lent = Q(item_type__lendable=True)
    if not rule_book().are_personal:
        return lent
    if member is None:
        allowed = PersonalRule.objects.filter(kind=PersonalRule.Kinds.ALLOWED)
        return lent | Q(item_type__in=allowed.values("item_types")) | Q(Exists(allowed.filter(names_types=False)))
    for each in personal_rules_of(member):
        if each.kind == PersonalRule.Kinds.ALLOWED:
            lent |= _named_by(each)
    return lent


def is_lent_personally(record: Record, member: Member) -> bool:
    """Whether there is a copy of the title that is lent to the member, asked only of who has rules of their own."""
    return bool(personal_rules_of(member)) and Item.objects.holding([record.pk]).filter(lent_to(member)).exists()


def _named_by(rule: PersonalRule) -> Q:
    """What ``PersonalRule.covers``, asked of the database."""
    types = Q(item_type__in=rule.item_types.all()) if rule.names_types else Q()
    if not rule.names_places:
        return types
    owners = {each.pk for each in rule.branches.all()}
    parts = [each.pk for each in branches() if not owners.isdisjoint(lineage(each.pk))]
    return types & (Q(location__in=rule.locations.all()) | Q(branch__in=parts))


def borrows_only(member: Member, now: datetime | None = None) -> Reason:
    """That the member may borrow some things alone, and which."""
    only = [each for each in personal_rules_of(member, now) if each.kind == PersonalRule.Kinds.ONLY]
    return BORROWS_ONLY(scope="; ".join(map(scope_words, only)))


def scope_words(rule: PersonalRule) -> str:
    """What the rule speaks of: "Kamus, Atlas di Ruang Tandon (Perpustakaan Pusat)"."""
    types = ", ".join(each.name for each in rule.item_types.all())
    rooms = [f"{each.name} ({each.branch})" for each in rule.locations.all()]
    places = ", ".join([*rooms, *(each.name for each in rule.branches.all())])
    if rule.names_types and rule.names_places:
        return _("%(types)s di %(places)s") % {"types": types or "–", "places": places or "–"}
    return (types or "–") if rule.names_types else _("koleksi %(places)s") % {"places": places or "–"}


def personal_words(rule: PersonalRule) -> str:
    """The rule in a plain phrase: "boleh meminjam juga Kamus selama 7 hari, sampai 3 Maret 2027"."""
    scope = scope_words(rule)
    if rule.kind == PersonalRule.Kinds.ALLOWED:
        days = ngettext("%(n)s hari", "%(n)s hari", rule.loan_days or 0) % {"n": rule.loan_days}
        told = _("boleh meminjam juga %(scope)s selama %(days)s") % {"scope": scope, "days": days}
    else:
        told = _("hanya boleh meminjam %(scope)s") % {"scope": scope}
    return (
        told if rule.until is None else _("%(told)s, sampai %(day)s") % {"told": told, "day": date_format(rule.until, "j F Y")}
    )


def personal_lines(member: Member) -> list[tuple[str, str]]:
    """What the member's own rules say today, in plain phrases, each with its reason."""
    return [(personal_words(each), each.reason) for each in personal_rules_of(member)]


def _ruling(rule: PersonalRule, says: dict[str, object]) -> Ruling:
    return Ruling(
        pk=-rule.pk,
        title=_("ketentuan khusus anggota"),
        speaks_of={},
        says=says,
        weight=0,
        is_personal=True,
    )
