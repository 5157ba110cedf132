"""Reads that others may ask of the catalogue."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from lumbung.catalogue.class_pairs import USUAL_PAIRS, Pair
from lumbung.catalogue.events import RecordRemoved
from lumbung.catalogue.family_names import USUAL_FAMILIES
from lumbung.catalogue.headings import plain, sort_key
from lumbung.catalogue.models import (
    AccessionPattern,
    Authority,
    AuthorityName,
    AuthorityReference,
    Batch,
    CallNumberRule,
    ClassPair,
    CrosswalkChange,
    Draft,
    HeadingChange,
    HeadingKind,
    Identifier,
    ImportRejection,
    ImportRun,
    Item,
    ItemType,
    Merger,
    NameRule,
    QualitySurvey,
    Record,
    RecordHeading,
    Repair,
    Revision,
    StockTake,
    StockTakeLine,
    Withdrawal,
    WithdrawalLine,
)
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import events
from lumbung.kernel.drawn import Drawn, Told
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.remembered import remembered
from lumbung.kernel.rows import among
from lumbung.organization.models import Barcode, Branch

MOST_ALIKE = 100
"""Of records that look alike, no more are read: a number that a hundred records have identifies none of them."""

NARROWER_SHOWN = 200


def revisions_of(record: Record) -> QuerySet[Revision]:
    """Every change of the record's MARC, the latest first, with who made it; the MARC itself is not read."""
    return record.revisions.select_related("by").defer("before").order_by("-was")


def marc_at(record: Record, version: int) -> Marc | None:
    """What the record said in this version; None when nobody kept it. Hiding a title makes a version that says the same."""
    kept = record.revisions.filter(was__gte=version).order_by("was").first()
    if kept is not None:
        return kept.marc_before
    return record.marc_record if version <= record.version else None


def drafts_of(user: events.Actor) -> QuerySet[Draft]:
    """The drafts of this cataloguer that were not discarded, the latest first, without what was typed."""
    return (
        Draft.objects.filter(owner_id=user.pk, discarded_at__isnull=True)
        .select_related("record")
        .defer("typed", "record__marc", "record__findable")
    )


def draft_for(user: events.Actor, record: Record | None) -> Draft | None:
    """What this cataloguer typed about the record and never saved."""
    if record is None:
        return None
    return Draft.objects.filter(owner_id=user.pk, record=record, discarded_at__isnull=True).defer("typed").first()


def draft_saves(user: events.Actor, key: int | None) -> int:
    """How often this draft of the user was kept; 0 when there is none."""
    return Draft.objects.filter(owner_id=user.pk, pk=key or 0).values_list("saves", flat=True).first() or 0


def was_removed(pk: int) -> bool:
    """Whether there was a record with this key, and staff removed it. Those of an import that was undone never counted."""
    return JournalEntry.objects.filter(name=RecordRemoved.__name__, record=pk).exists()


def merged_into(pk: int) -> int | None:
    """The key of the record that this one went into, and that one after it, to the last; None when it went into none."""
    seen = {pk}
    while (into := Merger.objects.filter(gone=pk, undone_at__isnull=True).values_list("into", flat=True).first()) is not None:
        if into in seen:
            return None
        seen.add(into)
        pk = into
    return pk if len(seen) > 1 else None


def records_with_mergers() -> QuerySet[Any]:
    """Every record with ``took_others``: whether others went into it and did not come back."""
    return Record.objects.annotate(took_others=Exists(Merger.objects.filter(into=OuterRef("pk"), undone_at__isnull=True)))


def mergers_into(record: Record) -> QuerySet[Merger]:
    """The records that went into this one and did not come back, the latest first."""
    return Merger.objects.filter(into=record.pk, undone_at__isnull=True).select_related("by").defer("row", "before", "moved")


def records_in_order(keys: Sequence[int]) -> list[Record]:
    """The records with these keys, in this order, without those that are gone. For lists: ``marc`` is not read."""
    found = Record.objects.listed().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def items_of(record: Record) -> QuerySet[Item]:
    """The items of one record, and those into which it is bound, with branch, location and type at hand, in shelf order."""
    return items_of_records([record.pk])


def items_of_records(keys: Collection[int]) -> QuerySet[Item]:
    """The items of these records, and those into which they are bound, with branch, location and type at hand, in shelf order."""
    return Item.objects.holding(keys).select_related("branch", "held_at", "location", "item_type")


def item_by_barcode(barcode: str) -> Item | None:
    """The item with this barcode, as printed or in one case throughout, with all that the desk shows of it; None when there is none."""
    return _shown.one(**Barcode.forms(barcode))


def titled_item_by_barcode(barcode: str) -> Item | None:
    """The same with barcode, title and volume alone at hand, for a verb that reads the rest itself: a third of the work."""
    return _titled.one(**Barcode.forms(barcode))


def _coded(items: QuerySet[Item]) -> Drawn[Item]:
    return Drawn(lambda: items.filter(barcode__in=[Told(form) for form in Barcode.FORMS]).order_by()[:1])


_around = ("record", "branch", "held_at", "location", "item_type")
_shown = _coded(Item.objects.select_related(*_around).defer("record__marc", "record__findable"))
_titled = _coded(Item.objects.select_related("record").only("barcode", "record__title", "record", "volume", "call_number"))


def accessions(
    *, branch: Branch | None = None, source: str | None = "", since: date | None = None, until: date | None = None
) -> tuple[QuerySet[Item], dict[str, Any]]:
    """The accession register between two days: its items in the order they came, and how many copies for how much."""
    rows = Item.objects.exclude(accession_number="")
    wanted = {"branch": branch, "source": source, "accessioned_on__gte": since, "accessioned_on__lte": until}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    totals = rows.aggregate(copies=Count("pk"), price=Sum("price"))
    shown = rows.select_related("record", "branch").defer("record__marc", "record__findable")
    return shown.order_by("accessioned_on", "accession_number", "pk"), totals


def items_without_accession() -> QuerySet[Item]:
    """Items that have no accession number, in the order in which they were added."""
    return Item.objects.filter(accession_number="").exclude(status=Item.Statuses.WITHDRAWN).order_by("added_at", "pk")


def accession_patterns() -> QuerySet[AccessionPattern]:
    return AccessionPattern.objects.select_related("branch").order_by("branch__name")


@remembered()
def call_number_rule() -> CallNumberRule:
    """How this library makes call numbers; the defaults until somebody changes them."""
    return CallNumberRule.objects.first() or CallNumberRule(pk=1)


@remembered()
def class_pairs() -> tuple[Pair, ...]:
    """The crosswalk between 2X and 297 in the order of 2X: the library's own lines, and the usual ones beside them."""
    own = {each.old: Pair(each.old, each.new, each.caption, own=True) for each in ClassPair.objects.all()}
    usual = (pair for pair in USUAL_PAIRS if pair.old not in own)
    return tuple(sorted([*own.values(), *usual], key=lambda pair: pair.old))


def crosswalk_changes() -> QuerySet[CrosswalkChange]:
    """Every change of the crosswalk, the latest first."""
    return CrosswalkChange.objects.select_related("by")


def keys_of_islam() -> list[int]:
    """The keys of the records that are classed in 2X or 297."""
    classed = Q(classification__istartswith="2X") | Q(classification__startswith="297")
    return list(Record.objects.filter(classed).order_by("pk").values_list("pk", flat=True))


@remembered()
def name_rule() -> NameRule:
    """Under what this library enters people's names; until somebody says so they stay as they came, with the usual family names at hand."""
    return NameRule.objects.first() or NameRule(pk=1, families="\n".join(USUAL_FAMILIES))


def recent_names(most: int) -> list[str]:
    """Names of people as the latest records have them, each once."""
    rows = RecordHeading.objects.filter(kind=HeadingKind.PERSON, about=False, whole=False).order_by("-pk")
    return list(dict.fromkeys(rows.values_list("label", flat=True)[:most]))


def item_types() -> QuerySet[ItemType]:
    return ItemType.objects.all()


def records_identified_by(kind: str, values: Collection[str]) -> dict[str, int]:
    """For each of these numbers that is in the catalogue already, the key of the first record with it."""
    if not values:
        return {}
    rows = Identifier.objects.filter(kind=kind, value__in=values).order_by("-record_id").values_list("value", "record_id")
    return dict(rows)


def works_identified_by(kinds: Collection[str], values: Collection[str]) -> dict[str, tuple[int, str]]:
    """For each of these numbers the key of the first record with it, and its work."""
    if not values:
        return {}
    rows = Identifier.objects.filter(kind__in=kinds, value__in=values).order_by("-record_id")
    return {value: (key, work) for value, key, work in rows.values_list("value", "record_id", "record__work_key")}


def first_of_editions(works: Collection[str]) -> dict[tuple[str, int], int]:
    """For each year in which these works came out the key of the first record of it, by work and year."""
    rows = Record.objects.filter(work_key__in=works, year__isnull=False).order_by("-pk").values_list("work_key", "year", "pk")
    return {(work, year): key for work, year, key in rows if year is not None}


def records_with_number(kind: str, values: Collection[str]) -> list[int]:
    """The keys of the records with any of these numbers, the oldest first."""
    if not values:
        return []
    rows = Identifier.objects.filter(kind=kind, value__in=values).order_by("record_id")
    return list(dict.fromkeys(rows.values_list("record_id", flat=True)[:MOST_ALIKE]))


def records_with_control_number(values: Collection[str]) -> list[int]:
    """The keys of the records that have any of these control numbers as their own (001 with 003) or as another's (035)."""
    if not values:
        return []
    kinds = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER)
    rows = Identifier.objects.filter(kind__in=kinds, value__in=values).order_by("record_id")
    return list(dict.fromkeys(rows.values_list("record_id", flat=True)[:MOST_ALIKE]))


def records_of_edition(work: str, year: int | None) -> list[int]:
    """The keys of the records of this work from this year, the oldest first; none where either is not known."""
    if not work or year is None:
        return []
    return list(Record.objects.filter(work_key=work, year=year).order_by("pk").values_list("pk", flat=True)[:MOST_ALIKE])


def import_runs() -> QuerySet[ImportRun]:
    """Every import, the latest first, without what waits in it."""
    return ImportRun.objects.select_related("created_by").defer("waiting", "unbound")


def batches() -> QuerySet[Batch]:
    """Every batch, the latest first."""
    return Batch.objects.select_related("created_by")


def batch_counts(batch: Batch) -> dict[str, int]:
    """How many of its lines came to each outcome."""
    return dict(batch.lines.order_by().values_list("outcome").annotate(Count("pk")))


def quality_surveys() -> QuerySet[QualitySurvey]:
    """Every survey of quality that came to its end, the latest first."""
    return QualitySurvey.objects.filter(is_under_way=False)


def records_with_defect(defect: str) -> QuerySet[Record]:
    """The records in which the last survey found the defect, with their MARC, in the order of their keys."""
    return Record.objects.filter(defects__defect=defect).order_by("pk")


def withdrawals(*, counted: bool = False) -> QuerySet[Withdrawal]:
    """Every weeding, the latest first; ``counted`` with the number of copies proposed."""
    rows = Withdrawal.objects.select_related("proposed_by", "approved_by").order_by("-pk")
    return rows.annotate(copies=Count("lines")) if counted else rows


def withdrawal_lines(withdrawal: Withdrawal) -> QuerySet[WithdrawalLine]:
    """The copies of a weeding in the order of the shelf."""
    return withdrawal.lines.select_related("item")


def copies_gone(withdrawal: Withdrawal) -> int:
    """How many copies went with it."""
    return withdrawal.lines.exclude(was="").count()


def repairs(*, done: bool) -> QuerySet[Repair]:
    """Copies being repaired, those expected first at the top; or those that came back, the latest first."""
    rows = (
        Repair.objects.select_related("item__record")
        .defer("item__record__marc", "item__record__findable")
        .filter(done_on__isnull=not done)
    )
    return rows.order_by("-done_on", "-pk") if done else rows.order_by(F("expected_on").asc(nulls_last=True), "pk")


def rejections_of(run: ImportRun) -> QuerySet[ImportRejection]:
    """What was wrong with the file's records, in the order of the file, without the bytes."""
    return run.rejections.defer("raw")


def stock_takes() -> QuerySet[StockTake]:
    """Every count, the latest first, with what a list shows of it."""
    return StockTake.objects.select_related("branch", "location", "item_type", "opened_by", "closed_by").prefetch_related(
        "shelves"
    )


def stock_take_lines(stock_take: StockTake, finding: str = "") -> QuerySet[StockTakeLine]:
    """What a count says of each copy, in shelf order: those with this finding; ``unseen`` are those still looked for, empty is all."""
    lines = stock_take.lines.select_related("location", "seen_in", "seen_by__user").order_by("shelf_key", "barcode")
    if finding == "unseen":
        return lines.filter(finding="", standing=StockTakeLine.Standings.SHELF)
    return lines.filter(finding=finding) if finding else lines


def to_look_for(stock_take: StockTake) -> QuerySet[StockTakeLine]:
    """What a device must know to answer without a connection: in the first round everything, later what was not found yet."""
    lines = stock_take.lines.order_by("shelf_key", "barcode")
    return lines.filter(finding="") if stock_take.round > 1 else lines


def see_references_of(records: Collection[int]) -> dict[int, list[tuple[bool, str]]]:
    """The other names of what these records' headings name, each with whether the record is about it: a reader who knows a name by
    another form finds the title. One statement."""
    rows = RecordHeading.objects.filter(
        **among(records, "record_id"), authority__names__form=AuthorityName.Forms.SEE
    ).values_list("record", "about", "authority__names__label")
    found: dict[int, list[tuple[bool, str]]] = {}
    for record, about, label in rows.order_by("record", "id", "authority__names__id"):
        found.setdefault(record, []).append((about, label))
    return found


def records_under(authority: Authority) -> QuerySet[Record]:
    """The titles that stand under the authority, the newest first, without their MARC."""
    keys = RecordHeading.objects.filter(authority=authority).values("record")
    return Record.objects.listed().filter(pk__in=keys).order_by("-pk")


def unlinked_headings() -> QuerySet[RecordHeading]:
    """The headings of records that no authority stands behind, in the order of records."""
    return RecordHeading.objects.filter(authority__isnull=True, whole=False).order_by("record", "id")


def heading_changes_under_way() -> QuerySet[HeadingChange]:
    """Changes of headings that are being carried into the records, or taken back, now."""
    return HeadingChange.objects.filter(state__in=["running", "undoing"]).defer("before", "target_before")


def names_from(text: str, *, kind: str = "", after: int | None = None, size: int = 50) -> list[AuthorityName]:
    """Headings and see references in the order of the alphabet, from ``text`` onwards, or behind the name with the key ``after``."""
    names = AuthorityName.objects.exclude(form=AuthorityName.Forms.UNDATED).select_related("authority").defer("authority__marc")
    names = names.filter(kind=kind) if kind else names
    if after is not None and (last := AuthorityName.objects.filter(pk=after).first()):
        behind = Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk)
        return list(names.filter(behind, sort_key__gte=last.sort_key).order_by("sort_key", "pk")[:size])
    return list(names.filter(sort_key__gte=sort_key(text)).order_by("sort_key", "pk")[:size])


def names_like(text: str, *, kinds: Collection[str] = (), size: int = 10) -> list[AuthorityName]:
    """The names that begin with ``text``, as they are filed or as they are spoken, each authority once. One statement, which looks in
    each kind for no more than it shows, however many names begin so."""
    asked = plain(text)
    if not asked:
        return []
    near = Q()
    for kind in kinds or HeadingKind.values:
        names = AuthorityName.objects.filter(kind=kind).exclude(form=AuthorityName.Forms.UNDATED)
        for way in ("sort_key", "key"):
            first = names.filter(**{f"{way}__gte": asked}).order_by(way, "pk")[: 2 * size]
            near |= Q(pk__in=first.values("pk"))
    found = list(AuthorityName.objects.filter(near).select_related("authority"))
    filed = sorted((each for each in found if each.sort_key.startswith(asked)), key=lambda each: (each.sort_key, each.pk))
    spoken = sorted((each for each in found if each.key.startswith(asked)), key=lambda each: (each.key, each.pk))
    return list({each.authority_id: each for each in reversed([*filed, *spoken])}.values())[::-1][:size]


def narrower_than(authority: Authority) -> QuerySet[Authority]:
    """The authorities that name this one as broader, in order."""
    below = AuthorityReference.objects.filter(
        kind=authority.kind, key=authority.key, relation=AuthorityReference.Relations.BROADER
    )
    return Authority.objects.defer("marc").filter(pk__in=below.values("authority")).order_by("sort_key", "pk")[:NARROWER_SHOWN]
