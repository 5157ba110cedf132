"""Taking a whole move back: what it brought goes, what it changed says again what it said. All of it or nothing.

It goes in the opposite order, a stretch at a time, each forgetting where its rows came from in the same transaction; a killed undoing is
asked again and goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from lumbung.accounts.domain import arrivals as user_arrivals
from lumbung.catalogue.domain import arrivals as title_arrivals
from lumbung.catalogue.domain.bound_titles import unbind_title
from lumbung.catalogue.domain.covers import remove_cover
from lumbung.catalogue.domain.item_types import remove_item_type
from lumbung.catalogue.domain.stock_takes import arrivals as count_arrivals
from lumbung.catalogue.models import (
    BoundTitle,
    Draft,
    Identifier,
    Item,
    ItemType,
    Record,
    RecordHeading,
    Revision,
    Scanner,
    ShelfCount,
    StockTake,
    StockTakeLine,
)
from lumbung.circulation.domain import arrivals as loan_arrivals
from lumbung.circulation.domain import article_arrivals
from lumbung.circulation.domain.booking_arrivals import take_out_bookings
from lumbung.circulation.domain.personal_rules import remove_personal_rule
from lumbung.circulation.domain.rules import remove_rule
from lumbung.circulation.models import ArticleRequest, Booking, Fee, FeeAccount, FeeEntry, Hold, Loan, LoanRule, PersonalRule
from lumbung.digital.domain import arrivals as file_arrivals
from lumbung.digital.models import File, PageText, WordReading
from lumbung.kernel import channel, clock, events
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.models.journal import KeyIn
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain import arrivals as member_arrivals
from lumbung.members.domain.categories import remove_category
from lumbung.members.domain.photos import remove_photo
from lumbung.members.models import Category, Member, MemberIdentifier
from lumbung.moving.domain.course import discard_staged, work_for_undoing
from lumbung.moving.domain.keeping import forget_kept
from lumbung.moving.domain.options import Places, options_of
from lumbung.moving.domain.stages import DOOR, stage_for
from lumbung.moving.events import MoveUndone
from lumbung.moving.models import Change, Move, Origin
from lumbung.moving.refusals import CHANGED_SINCE, LATER_MOVE, NOTHING_TO_UNDO, USED_SINCE
from lumbung.organization.domain.branches import remove_branch, remove_location
from lumbung.organization.domain.calendar import withdraw_closure
from lumbung.organization.models import Branch, Closure, Location
from lumbung.spaces.domain import arrivals as visit_arrivals
from lumbung.spaces.models import Visit

States = Move.States
STRETCH = 500
UNDOABLE = (States.MOVED, States.INTERRUPTED, States.UNDOING, States.REHEARSED)
BUSY = {"record": "title", "item": "copy", "member": "member"}
"""The journal's names for rows, and the kinds of ours they are."""
OWN = (Draft, Identifier, Item, RecordHeading, Revision, MemberIdentifier, PageText, WordReading, Scanner, ShelfCount)
"""What goes with a title, member or file by itself."""
KINDS = (
    (Record, "title"), (Item, "copy"), (Member, "member"), (File, "attachment"), (StockTake, "stock_take"),
    (StockTakeLine, "stock_take_line"),
)  # fmt: skip


def reasons_against_undoing(move: Move) -> list[Reason]:
    """Why the move cannot be undone any more: something of it was changed or used since, or a later move stands on it."""
    later = Move.objects.filter(pk__gt=move.pk, options__origin=move.options["origin"], origins__isnull=False)
    if (found := later.exclude(state=States.UNDONE).first()) is not None:
        return [LATER_MOVE(move=found.pk)]
    return [*_changed(move), *_counted_on(move), *_used(move)]


@transaction.atomic
def begin_undoing(move: Move) -> Move:
    """Say that the move is to be taken back; ``undo`` does it. Refuses with every reason of ``reasons_against_undoing``."""
    move = Move.objects.select_for_update().get(pk=move.pk)
    if move.state not in UNDOABLE:
        raise Refused(NOTHING_TO_UNDO(move=move.pk, state=Move.States(move.state).label))
    if reasons := reasons_against_undoing(move):
        raise Refused(reasons)
    move.state = States.UNDOING
    move.done, move.total, move.phase_began_at = 0, move.origins.count(), clock.now()
    move.save(update_fields=["state", "done", "total", "phase_began_at"])
    return move


def undo(move: Move, *, by: events.Actor | None) -> Move:
    """Take the move back. Refuses, before anything is removed, with every reason of ``reasons_against_undoing``."""
    move = begin_undoing(move)
    with channel.through(DOOR):
        _restore_changes(move, by)
        for entity, take_out in _ways_out(move):
            while _undo_stretch(move, entity, take_out, by):
                pass
    forget_kept(move, by=by)
    with transaction.atomic():
        move.findings.filter(rehearsal=False).delete()
        Move.objects.filter(pk=move.pk).update(state=States.UNDONE, finished_at=clock.now())
        events.record(MoveUndone(move=move.pk), by=by)
    discard_staged(move)
    move.refresh_from_db()
    return move


def _changed(move: Move) -> Iterator[Reason]:
    """What people did here to rows that came with the move: the journal tells."""
    for name, entity in BUSY.items():
        keys = move.origins.filter(entity=entity, made=True).values("key")
        told = JournalEntry.objects.filter(**{f"{name}__in": keys}).exclude(channel=DOOR)
        if count := told.values(name).distinct().count():
            yield CHANGED_SINCE(count=count, what=_words(entity))


def _counted_on(move: Move) -> Iterator[Reason]:
    """Counts of the shelves that people went on with, closed or opened again here."""
    keys = list(move.origins.filter(entity="stock_take", made=True).values_list("key", flat=True))
    told = JournalEntry.objects.filter(name__startswith="StockTake").exclude(channel=DOOR)
    touched = told.annotate(take=KeyIn("data", name="stock_take")).filter(take__in=keys)
    if keys and (count := touched.values("take").distinct().count()):
        yield CHANGED_SINCE(count=count, what=str(StockTake._meta.verbose_name))


def _words(entity: str) -> str:
    model: type[Model] = {"title": Record, "copy": Item, "member": Member}[entity]
    return str(model._meta.verbose_name)


def _used(move: Move) -> Iterator[Reason]:
    """What other parts keep about rows that came with the move, and that did not come with it."""
    came: dict[type[Model], str] = {
        Loan: "loan", Hold: "hold", Member: "member", Item: "copy", FeeAccount: "balance", Visit: "visit", File: "attachment",
        StockTakeLine: "stock_take_line", BoundTitle: "bound", ArticleRequest: "article_request", Booking: "booking",
        PersonalRule: "personal_rule",
    }  # fmt: skip
    for model, entity in KINDS:
        keys = move.origins.filter(entity=entity, made=True).values("key")
        for relation in model._meta.related_objects:
            other = relation.related_model
            if other in OWN and other is not Item:
                continue
            rows = other._default_manager.filter(**{f"{relation.field.name}__in": keys})  # noqa: SLF001 -- Django's documented name
            if other in came:
                rows = rows.exclude(pk__in=move.origins.filter(entity=came[other]).values("key"))
            if count := rows.count():
                yield USED_SINCE(count=count, what=str(other._meta.verbose_name))
    accounts = move.origins.filter(entity="balance").values("key")
    if count := FeeEntry.objects.filter(account__in=accounts).exclude(at__lte=move.finished_at or clock.now()).count():
        yield USED_SINCE(count=count, what=str(Fee._meta.verbose_name))


TakeOut = Callable[[Sequence[int], events.Actor | None], None]


def _ways_out(move: Move) -> Iterator[tuple[str, TakeOut]]:
    """How each kind goes, what refers to others before them."""
    as_branches = options_of(move.options).places is Places.BRANCHES
    yield "attachment", lambda keys, by: file_arrivals.take_out(keys, by=by)
    yield "cover", _each(Record.objects.listed(), remove_cover)
    yield "photo", _each(Member.objects.all(), remove_photo)
    yield "stock_take_line", lambda keys, by: count_arrivals.take_out_lines(keys)
    yield "stock_take", lambda keys, by: count_arrivals.take_out(keys, by=by)
    yield "visit", lambda keys, by: visit_arrivals.take_out(keys, by=by)
    yield "balance", lambda keys, by: loan_arrivals.take_out([], [], keys, by=by)
    yield "article_request", lambda keys, by: article_arrivals.take_out_articles(keys, by=by)
    yield "booking", lambda keys, by: take_out_bookings(keys)
    yield "hold", lambda keys, by: loan_arrivals.take_out([], keys, by=by)
    yield "loan", lambda keys, by: loan_arrivals.take_out(keys, [], by=by)
    yield "personal_rule", _each(PersonalRule.objects.all(), remove_personal_rule)
    yield "member", lambda keys, by: member_arrivals.take_out(keys, by=by)
    yield "member_user", lambda keys, by: user_arrivals.take_out(keys, by=by)
    yield "bound", _each(BoundTitle.objects.select_related("item", "record"), _unbind)
    yield "copy", lambda keys, by: title_arrivals.take_out([], keys, by=by)
    yield "title", lambda keys, by: title_arrivals.take_out(keys, [], by=by)
    yield "staff", lambda keys, by: user_arrivals.take_out(keys, by=by)
    yield "closed_day", _each(Closure.objects.all(), withdraw_closure)
    yield "rule", _each(LoanRule.objects.all(), remove_rule)
    yield "category", _each(Category.objects.all(), remove_category)
    yield "copy_type", _each(ItemType.objects.all(), remove_item_type)
    yield "room", _each(Location.objects.all(), remove_location)
    yield "place", _each(Branch.objects.all(), remove_branch) if as_branches else _each(Location.objects.all(), remove_location)


def _unbind(bound: BoundTitle, *, by: events.Actor | None) -> None:
    unbind_title(bound.item, bound.record, by=by)


def _each(rows: QuerySet[Any], remove: Callable[..., object]) -> TakeOut:
    """Remove one by one; what is in use by now, or cannot be taken back, stays."""

    def take_out(keys: Sequence[int], by: events.Actor | None) -> None:
        for row in rows.filter(pk__in=keys):
            try:
                with transaction.atomic():
                    remove(row, by=by)
            except Refused:
                continue

    return take_out


@transaction.atomic
def _undo_stretch(move: Move, entity: str, take_out: TakeOut, by: events.Actor | None) -> bool:
    """Take some rows of a kind out, and forget where they came from. False when none are left."""
    some = list(move.origins.filter(entity=entity).order_by("-pk").values_list("pk", "key", "made")[:STRETCH])
    if not some:
        return False
    if going := sorted({key for _, key, made in some if made}):
        take_out(going, by)
    Origin.objects.filter(pk__in=[pk for pk, *_ in some]).delete()
    move.done += len(some)
    Move.objects.filter(pk=move.pk).update(done=move.done)
    return True


def _restore_changes(move: Move, by: events.Actor | None) -> None:
    work = work_for_undoing(move, by)
    for change in list(move.changes.order_by("pk")):
        with transaction.atomic():
            stage_for(change.entity, work).restore(change.key, change.before)
            Origin.objects.filter(source=move.options["origin"], entity=change.entity, key=change.key).update(
                digest=change.was_digest
            )
            Change.objects.filter(pk=change.pk).delete()
