"""The course of a list: opened, its columns matched, tried, brought in by stretches that go on where they were left, taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models import User
from lumbung.kernel import clock, events, retention, uploads
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import UnreadableTableError, rows_of
from lumbung.members.domain import arrivals, members
from lumbung.members.domain.dates import months_after
from lumbung.members.domain.rosters.reading import FIELDS, Person, guessed, people
from lumbung.members.events import RosterFinished, RosterUndone
from lumbung.members.models import Category, Member, MemberIdentifier, Roster, RosterRow
from lumbung.members.refusals import COLUMNS_MISSING, NOT_A_LIST, ROSTER_IN_USE, ROSTER_NOT_UNDOABLE, ROSTER_UNDER_WAY, TWIN
from lumbung.organization.models import Branch, StudyProgramme

States, Outcomes = Roster.States, RosterRow.Outcomes
STRETCH = 500
TERM = retention.declare(retention.Term("rosters", _("Berkas daftar mahasiswa dari SIAKAD"), _("dihapus"), 30))
FOLDER = "rosters"
COUNTED = ("new", "changed", "same", "twice", "wrong")


@transaction.atomic
def open_roster(content: bytes, *, name: str, category: Category, branch: Branch, by: User) -> Roster:
    """Keep the file and guess its columns: as in the last list with the same headings, else by their names.

    Refuses what is no table, and one without rows under its headings.
    """
    rows = _rows(content)
    if len(rows) < 2:  # noqa: PLR2004 -- headings and somebody
        raise Refused(NOT_A_LIST())
    last = Roster.objects.filter(headings=rows[0]).exclude(state=States.MAPPING).first()
    stored = default_storage.save(f"{FOLDER}/{clock.now():%Y%m%d%H%M%S}.bin", ContentFile(content))
    return Roster.objects.create(
        name=name[-200:], stored_file=stored, headings=rows[0], columns=last.columns if last else guessed(rows[0]),
        category=category, branch=branch, total=len(rows) - 1, created_by=by, created_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def match_columns(roster: Roster, columns: Mapping[str, int | None]) -> Roster:
    """Say where each field stands; the list is to be tried anew. Refuses without number and name, and a list at work."""
    wanted = {field: columns.get(field) for field in FIELDS}
    if wanted["nim"] is None or wanted["name"] is None:
        raise Refused(COLUMNS_MISSING())
    current = _resting(roster, States.MAPPING, States.TRIED)
    current.rows.all().delete()
    _begin(current, States.TRYING, columns=wanted)
    return current


def try_out(roster: Roster) -> Roster:
    """Say of every row what would become of it; nothing is stored of anybody. Asked again after a worker ended, it begins anew."""
    everybody, twins = _everybody(roster)
    with transaction.atomic():
        roster.rows.all().delete()
        _begin(roster, States.TRYING)
    for first in range(0, len(everybody), STRETCH):
        with transaction.atomic():
            judged = _judged(roster, everybody[first : first + STRETCH], twins)
            RosterRow.objects.bulk_create(row for row, _person, _changes in judged if row.outcome != "same")
            _count(roster, judged)
    Roster.objects.filter(pk=roster.pk).update(state=States.TRIED)
    return roster


@transaction.atomic
def start(roster: Roster) -> Roster:
    """Begin to bring in what was tried. Refuses a list that is not tried, or was begun by another hand meanwhile."""
    current = _resting(roster, States.TRIED)
    current.rows.all().delete()
    _begin(current, States.RUNNING)
    return current


def carry_out(roster: Roster) -> Roster:
    """Bring the list in, or go on where it was left: each stretch is one transaction with how far it got."""
    everybody, twins = _everybody(roster)
    while roster.done < len(everybody):
        with transaction.atomic():
            judged = _judged(roster, everybody[roster.done : roster.done + STRETCH], twins)
            _store(roster, judged)
            RosterRow.objects.bulk_create(row for row, _person, _changes in judged if row.outcome != "same")
            _count(roster, judged)
    with transaction.atomic():
        Roster.objects.filter(pk=roster.pk).update(state=States.FINISHED, finished_at=clock.now())
        events.record(RosterFinished(roster=roster.pk, new=roster.new, changed=roster.changed), by=roster.created_by)
    return roster


@transaction.atomic
def undo(roster: Roster, *, by: User) -> Roster:
    """Take the list back: new members go, changed ones are what they were. Refuses when somebody new has borrowed or the like since."""
    current = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    if current.state != States.FINISHED or not current.stored_file:
        raise Refused(ROSTER_NOT_UNDOABLE(state=current.get_state_display()))
    fresh = list(current.rows.filter(outcome=Outcomes.NEW, member__isnull=False).values_list("member", flat=True))
    try:
        with transaction.atomic():
            for first in range(0, len(fresh), STRETCH):
                arrivals.take_out(fresh[first : first + STRETCH], by=by)
    except ProtectedError as error:
        raise Refused(ROSTER_IN_USE(count=len(error.protected_objects))) from None
    for row in current.rows.filter(outcome=Outcomes.CHANGED, member__isnull=False).select_related("member"):
        _restore(row, by)
    current.state = States.UNDONE
    current.save(update_fields=["state"])
    events.record(RosterUndone(roster=current.pk, count=len(fresh)), by=by)
    return current


def forget_old_rosters() -> int:
    """Remove the files and rows of lists of more than 30 days ago, finished or left lying; how many. For the nightly job.

    They name people who may have gone since. The counts stay; such a list cannot be taken back any more.
    """
    old = Roster.objects.filter(created_at__lt=clock.now() - retention.kept_for(TERM)).exclude(stored_file="")
    for roster in old:
        with transaction.atomic():
            roster.rows.all().delete()
            Roster.objects.filter(pk=roster.pk).update(stored_file="")
        uploads.forget(roster.stored_file)
    return len(old)


Judged = tuple[RosterRow, Person, dict[str, Any]]


def _judged(roster: Roster, some: Sequence[Person], twins: set[int]) -> list[Judged]:
    there = _there([each.nim for each in some])
    return [_judge(roster, each, there.get(each.nim), is_twin=each.row in twins) for each in some]


def _judge(roster: Roster, person: Person, member: Member | None, *, is_twin: bool) -> Judged:
    told, changes, outcome = [str(each) for each in person.faults], dict[str, Any](), "same"
    if is_twin:
        outcome, told = Outcomes.TWICE, [str(TWIN(value=person.nim))]
    elif person.faults:
        outcome = Outcomes.WRONG
    elif member is None:
        outcome = Outcomes.NEW
    elif changes := _differing(member, person.said):
        outcome, told = Outcomes.CHANGED, sorted(changes)
    before = {name: _plain(getattr(member, name)) for name in changes} if changes else None
    row = RosterRow(
        roster=roster, row=person.row, outcome=outcome, number=person.nim[:60], name=person.name[:200], told=told,
        member=member if outcome == Outcomes.CHANGED else None, before=before,
    )  # fmt: skip
    return row, person, changes


def _differing(member: Member, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the list says otherwise. A name that differs in capitals alone is the same; a membership is only ever made longer."""
    changes = {name: value for name, value in said.items() if getattr(member, name) != value}
    if str(changes.get("name", "")).casefold() == member.name.casefold():
        changes.pop("name", None)
    if "expires_on" in changes and changes["expires_on"] <= member.expires_on:
        changes.pop("expires_on")
    return changes


def _store(roster: Roster, judged: Sequence[Judged]) -> None:
    fresh = [(row, person) for row, person, _changes in judged if row.outcome == Outcomes.NEW]
    keys = arrivals.bring_in([_arriving(roster, person) for _row, person in fresh], by=roster.created_by)
    for (row, _person), key in zip(fresh, keys, strict=True):
        if isinstance(key, int):
            row.member_id = key
        else:
            row.outcome, row.told = Outcomes.WRONG, [str(key)]
    for row, _person, changes in judged:
        if row.outcome == Outcomes.CHANGED and row.member is not None:
            _change(row, dict(changes), roster.created_by)


def _change(row: RosterRow, changes: dict[str, Any], by: User | None) -> None:
    until = changes.pop("expires_on", None)
    try:
        with transaction.atomic():
            members.change(row.member, by=by, **changes)  # type: ignore[arg-type]  # the caller looked
            if until is not None:
                members.renew_membership(row.member, until=until, by=by)  # type: ignore[arg-type]  # the same
    except Refused as refused:
        row.outcome, row.told, row.before = Outcomes.WRONG, [str(each) for each in refused.reasons], None


def _arriving(roster: Roster, person: Person) -> arrivals.ArrivingMember:
    today = clock.today(roster.branch.zone)
    said = person.said
    return arrivals.ArrivingMember(
        name=person.name, barcode=person.nim, category=roster.category_id, branch=roster.branch_id, joined_on=today,
        expires_on=max(today, said.get("expires_on") or months_after(today, roster.category.membership_months)),
        created_at=clock.now(), email=said.get("email", ""), phone=said.get("phone", ""), intake=said.get("intake"),
        programme=said["programme"].pk if "programme" in said else None, identifiers=[("nim", person.nim)],
    )  # fmt: skip


def _there(nims: Sequence[str]) -> dict[str, Member]:
    rows = MemberIdentifier.objects.filter(kind=MemberIdentifier.Kinds.NIM, value__in=nims)
    found = {each.value: each.member for each in rows.select_related("member__programme", "member__branch")}
    cards = Member.objects.filter(barcode__in=[each for each in nims if each not in found]).select_related(
        "programme", "branch"
    )
    return found | {each.barcode: each for each in cards}


def _restore(row: RosterRow, by: User) -> None:
    before = dict(row.before or {})
    until = before.pop("expires_on", None)
    if "programme" in before:
        before["programme"] = StudyProgramme.objects.filter(pk=before["programme"]).first()
    member = members.change(row.member, by=by, **before)  # type: ignore[arg-type]  # rows without a member are not asked for
    if until is not None:
        Member.objects.filter(pk=member.pk).update(expires_on=date.fromisoformat(until))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if isinstance(value, StudyProgramme) else value


def _everybody(roster: Roster) -> tuple[list[Person], set[int]]:
    """Every row of the file, and the numbers of those that repeat somebody."""
    with default_storage.open(roster.stored_file) as file:
        everybody = people(_rows(file.read())[1:], roster.columns)
    seen: set[str] = set()
    twins = {each.row for each in everybody if each.nim and (each.nim in seen or seen.add(each.nim))}  # type: ignore[func-returns-value]
    return everybody, twins


def _rows(content: bytes) -> list[list[str]]:
    try:
        return rows_of(content)
    except UnreadableTableError:
        raise Refused(NOT_A_LIST()) from None


def _resting(roster: Roster, *states: str) -> Roster:
    """The list, locked. Refuses one in another state than these: two hands must not set it going together."""
    rows = Roster.objects.select_for_update(of=("self",)).select_related("category", "branch", "created_by")
    current = rows.get(pk=roster.pk)
    if current.state not in states or not current.stored_file:
        raise Refused(ROSTER_UNDER_WAY(state=current.get_state_display()))
    return current


def _begin(roster: Roster, state: str, **also: Any) -> None:
    for name, value in {"state": state, "done": 0, **dict.fromkeys(COUNTED, 0), **also}.items():
        setattr(roster, name, value)
    roster.save()


def _count(roster: Roster, judged: Sequence[Judged]) -> None:
    for row, _person, _changes in judged:
        setattr(roster, row.outcome, getattr(roster, row.outcome) + 1)
    roster.done += len(judged)
    roster.save(update_fields=["done", *COUNTED])
