"""The course of a move: start, read, rehearse, wait for a go, move, prove. Killed at any point, it goes on where the last commit was.

The staged tables are made anew when they are gone; what was stored stands in the database together with the place it reached.
"""

import errno
import gc
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from lumbung.kernel import channel, clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.moving.domain import attached, inbox, keeping, proof
from lumbung.moving.domain.options import ORIGIN, Options, Places, options_of
from lumbung.moving.domain.plain import Copy, Plain
from lumbung.moving.domain.registry import SOURCES
from lumbung.moving.domain.sources import Problem, Source
from lumbung.moving.domain.stages import DOOR, STAGES, CopyStage, Stage, TitleStage, Work
from lumbung.moving.domain.staging import Staged
from lumbung.moving.events import MoveApproved, MoveFinished, MoveStarted
from lumbung.moving.models import Finding, Move
from lumbung.moving.refusals import (
    ANOTHER_UNDER_WAY,
    BRANCH_UNKNOWN,
    NOT_REHEARSED,
    NOT_RUNNABLE,
    ORIGIN_WRONG,
    RUNS_ELSEWHERE,
    SOURCE_UNKNOWN,
)
from lumbung.organization.models import Branch

States = Move.States
RUNNABLE = {States.WAITING, States.READING, States.REHEARSING, States.MOVING, States.INTERRUPTED}
UNDER_WAY = {States.READING, States.REHEARSING, States.MOVING, States.UNDOING}
INPUT = "input"
KINDS: tuple[type[Plain], ...] = (*(each.kind for each in STAGES), Copy)


class MoveStoppedError(Exception):
    """The move could not go on (no room, the database away). What was committed stays; it can be resumed."""

    def __str__(self) -> str:
        """Why, in the language of whoever is told, which may be another than that of what is kept of it."""
        return _said(self.__cause__) if isinstance(self.__cause__, Exception) else super().__str__()


@transaction.atomic
def start(source: str, path: Path, *, options: Options, by: events.Actor | None, dry_run: bool = True) -> Move:
    """Make a move of this file, waiting. Without ``dry_run`` it goes on after the rehearsal by itself.

    Refuses an unknown source, a file that is not there or empty, an unknown branch, and a second move while one is under way.
    """
    reasons: list[Reason] = [] if source in SOURCES else [SOURCE_UNKNOWN(source=source)]
    reasons += inbox.faults_of(path)
    reasons += [reason for place in {options.images, options.files} - {""} for reason in attached.faults_of(Path(place))]
    if not ORIGIN.fullmatch(options.origin):
        reasons.append(ORIGIN_WRONG(origin=options.origin))
    if _branch(options) is None:
        reasons.append(BRANCH_UNKNOWN(code=options.branch or "–"))
    under_way = Move.objects.filter(state__in=UNDER_WAY).first()
    if under_way is not None:
        reasons.append(ANOTHER_UNDER_WAY(move=under_way.pk))
    if reasons:
        raise Refused(reasons)
    columns = SOURCES[source].choose(path, options.columns)
    places = Places.BRANCHES if SOURCES[source].has_branches else options.places
    options = replace(options, places=places, branch=branch_for(options).code)  # the move itself may make more branches
    move = Move.objects.create(
        source=source,
        file_name=path.name[:255],
        path=str(path),
        file_size=path.stat().st_size,
        options={**options.stored(), "columns": columns},
        approved=not dry_run,
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(MoveStarted(move=move.pk, source=source), by=by)
    return move


@transaction.atomic
def go(move: Move, *, by: events.Actor | None) -> Move:
    """Say yes to what the rehearsal told: ``carry_on`` will move. Refuses a move that is not rehearsed."""
    move = Move.objects.select_for_update().get(pk=move.pk)
    if move.state != States.REHEARSED:
        raise Refused(NOT_REHEARSED(move=move.pk))
    _begin(move, States.MOVING, approved=True)
    events.record(MoveApproved(move=move.pk), by=by)
    return move


@transaction.atomic
def wait_again(move: Move) -> Move:
    """Put an interrupted move in the queue again; ``carry_on`` goes on with it. Refuses one that is not interrupted."""
    move = Move.objects.select_for_update().get(pk=move.pk)
    if move.state != States.INTERRUPTED:
        raise Refused(NOT_RUNNABLE(move=move.pk, state=States(move.state).label))
    _set(move, state=States.WAITING, stopped_because="")
    return move


def carry_on(move: Move) -> Move:
    """Bring the move as far as it may go: through the rehearsal, and once it is approved to its end.

    Raises ``MoveStoppedError`` when storage or database fail: it is then interrupted, and can be asked again. Refuses a move that is
    done, undone, or waits for a go.
    """
    move.refresh_from_db()
    if move.state not in RUNNABLE:
        raise Refused(NOT_RUNNABLE(move=move.pk, state=States(move.state).label))
    try:
        with channel.through(DOOR), _without_collector(), staged(move) as source:
            if not move.rehearsed:
                _rehearse(move, source)
            if move.approved:
                _move(move, source)
    except Refused:
        raise
    except (OSError, DatabaseError) as error:
        _interrupt(move, _said(error))
        raise MoveStoppedError(move.stopped_because) from error
    except BaseException:
        _interrupt(move, _("Dihentikan."))
        raise
    if move.state == States.MOVED:
        discard_staged(move)
    return move


def discard_staged(move: Move) -> None:
    """Remove the staged tables of a move; they are made anew when wanted."""
    shutil.rmtree(_folder(move), ignore_errors=True)


def work_of(move: Move, source: Source | None, *, pretend: bool) -> Work:
    """What the stages of this move share. Refuses when its branch is gone."""
    options = options_of(move.options)
    return Work(move, source, options, branch_for(options), pretend=pretend)


def work_for_undoing(move: Move, by: Any) -> Work:
    """The same without a source: what is taken back is told by our own tables."""
    work = work_of(move, None, pretend=False)
    work.by = by
    return work


@contextmanager
def staged(move: Move) -> Iterator[Source]:
    """The source over its staged tables, which are made first when they are not whole."""
    options = options_of(move.options)
    kind, branch = SOURCES[move.source], branch_for(options)
    folder = _folder(move)
    whole = folder / "whole"
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
    tables = Staged(folder / "source.sqlite3")
    try:
        source = kind(tables, origin=options.origin, zone=branch.zone, columns=options.columns)
        if not whole.exists():
            _read_in(move, source)
            whole.touch()
        yield source
    finally:
        tables.close()


def _read_in(move: Move, source: Source) -> None:
    shown = States.READING if not move.rehearsed else States.MOVING
    _set(move, state=shown, stopped_because="", total=move.file_size, done=0, phase_began_at=clock.now())

    def progress(read: int) -> None:
        Move.objects.filter(pk=move.pk).update(done=read)

    problems = source.read_in(Path(move.path), source.staged, progress)
    Finding.objects.filter(move=move, entity=INPUT).delete()
    Finding.objects.bulk_create([_problem(move, each) for each in problems])
    if refused := [each.reason for each in problems if each.refused]:
        _interrupt(move, " ".join(map(str, refused)))
        raise Refused(refused)
    counted = {kind.entity: source.count(kind) for kind in KINDS}
    _set(move, counts={**move.counts, "source": {"rows": counted, "sums": dict(source.sums())}})


def _problem(move: Move, each: Problem) -> Finding:
    return Finding(
        move=move,
        rehearsal=True,
        entity=INPUT,
        source_id=each.table[:120],
        refused=each.refused,
        code=each.reason.code,
        facts={name: str(value) for name, value in each.reason.facts.items()},
    )


def _rehearse(move: Move, source: Source) -> None:
    """Check everything, store nothing; from the beginning each time."""
    Finding.objects.filter(move=move, rehearsal=True).exclude(entity=INPUT).delete()
    _begin(move, States.REHEARSING)
    _run(work_of(move, source, pretend=True))
    _begin(move, States.MOVING if move.approved else States.REHEARSED)
    _set(move, rehearsed=True)


def _move(move: Move, source: Source) -> None:
    """Store what is not stored yet, then prove it."""
    work = work_of(move, source, pretend=False)
    work.counts = {entity: Counter(each) for entity, each in move.counts.get("move", {}).items()}
    done = sum(each["read"] for each in work.counts.values())
    _set(move, state=States.MOVING, stopped_because="", done=done, total=_total(move), phase_began_at=clock.now())
    _run(work)
    keeping.keep(work)
    attached.keep_files(work, "images", work.options.images, source.images(), told=True)
    attached.keep_files(work, "repository", work.options.files, source.files())
    Finding.objects.bulk_create(work.findings)
    work.findings.clear()
    _finish(move, work, proof.reconcile(work))


def _run(work: Work) -> None:
    """Every stage in turn, from the stage and place that are committed."""
    entities = [each.kind.entity for each in STAGES]
    begun, place = (entities.index(work.move.stage), work.move.place) if work.move.stage else (0, 0)
    for kind in STAGES[begun:]:
        stage = kind(work)
        for some in _stretches(work.source.rows(stage.kind, after=place), stage.size):
            _commit(work, stage, some)
        if kind is TitleStage:
            _take_orphans(work)
        place = 0


@transaction.atomic
def _take_orphans(work: Work) -> None:
    """Copies whose title is not there. They have no place of their own, so they come all at once, and the next stage begins."""
    stage = CopyStage(work)
    for some in _stretches(work.source.orphans(), stage.size):
        _commit(work, stage, some, moves_on=False)
    following = STAGES[STAGES.index(TitleStage) + 1].kind.entity
    _set(work.move, stage=following, place=0)


@transaction.atomic
def _commit(work: Work, stage: Stage[Any], some: list[Plain], *, moves_on: bool = True) -> None:
    """Store a stretch together with the place it reaches; two processes on one move are told apart by the place."""
    move = work.move
    stage.take(some)
    work.origins.write()
    Finding.objects.bulk_create(work.findings)
    work.findings.clear()
    entity, place = (stage.kind.entity, some[-1].at) if moves_on else (move.stage, move.place)
    done = move.done + len(some)
    counted = {name: dict(each) for name, each in work.counts.items()}
    counts = {**move.counts, ("rehearsal" if work.pretend else "move"): counted}
    mine = Move.objects.filter(pk=move.pk, state=move.state, stage=move.stage, place=move.place)
    if not mine.update(stage=entity, place=place, done=done, counts=counts):
        raise Refused(RUNS_ELSEWHERE(move=move.pk))
    move.stage, move.place, move.done, move.counts = entity, place, done, counts


def _stretches(rows: Iterable[Plain], size: int) -> Iterator[list[Plain]]:
    some: list[Plain] = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _begin(move: Move, state: Move.States, **changes: Any) -> None:
    """Begin a phase at its first stage."""
    at_first = {"stage": "", "place": 0, "done": 0, "total": _total(move), "phase_began_at": clock.now(), "stopped_because": ""}
    _set(move, state=state, **at_first, **changes)


def _set(move: Move, **columns: Any) -> None:
    Move.objects.filter(pk=move.pk).update(**columns)
    for name, value in columns.items():
        setattr(move, name, value)


def _total(move: Move) -> int:
    """How many rows there are to go through; copies go with their titles."""
    counted = move.counts.get("source", {}).get("rows", {})
    return sum(count for entity, count in counted.items() if entity != Copy.entity)


@transaction.atomic
def _finish(move: Move, work: Work, told: dict[str, object]) -> None:
    totals = Counter[str]()
    for each in work.counts.values():
        totals.update(each)
    Move.objects.filter(pk=move.pk).update(state=States.MOVED, finished_at=clock.now(), proof=told)
    event = MoveFinished(move=move.pk, added=totals["added"], changed=totals["changed"], rejected=totals["rejected"])
    events.record(event, by=work.by)
    move.refresh_from_db()


def branch_for(options: Options) -> Branch:
    """The branch of these options; without a code, the only one there is. Refuses when there is none."""
    if found := _branch(options):
        return found
    raise Refused(BRANCH_UNKNOWN(code=options.branch or "–"))


def _branch(options: Options) -> Branch | None:
    if options.branch:
        return Branch.objects.filter(code__iexact=options.branch).first()
    branches = list(Branch.objects.all()[:2])
    return branches[0] if len(branches) == 1 else None


def _folder(move: Move) -> Path:
    return Path(settings.DATA) / "moving" / str(move.pk)


def _interrupt(move: Move, because: str) -> None:
    """Say so, if the database still listens; a move left running can be resumed just as well."""
    with suppress(DatabaseError):
        Move.objects.filter(pk=move.pk, state__in=RUNNABLE).update(state=States.INTERRUPTED, stopped_because=because)
        move.refresh_from_db()
    move.stopped_because = because


def _said(error: Exception) -> str:
    """The failure in words an operator can act on."""
    text = str(error)
    if getattr(error, "errno", None) == errno.ENOSPC or "is full" in text:
        return _("Ruang penyimpanan penuh. Kosongkan ruang, lalu lanjutkan.")
    if isinstance(error, FileNotFoundError):
        return _("Berkas asalnya sudah tidak ada di server: %(file)s") % {"file": error.filename}
    return _("Penyimpanan atau basis data gagal: %(error)s") % {"error": text}


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing made here refers to itself in a circle, and looking for such circles in it takes as long as the rest."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
