"""Small projects: members, tasks, one shared draft that nobody overwrites, and an output."""

from collections.abc import Collection

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.ideas import BoardBegun, BoardChanged, BoardEnded
from lumbung.knowledge.models import Board, BoardTask
from lumbung.knowledge.refusals import ideas as refusals


@transaction.atomic
def begin(title: str, *, goal: str, members: Collection[User], by: User) -> Board:
    """Begin a project; whoever begins it is a member. Refuses without title or goal."""
    if not title.strip() or not goal.strip():
        raise Refused(refusals.BOARD_EMPTY())
    board = Board.objects.create(title=title.strip()[:160], goal=goal.strip()[:300], made_by=by, began_at=clock.now())
    board.members.set({by, *members})
    events.record(BoardBegun(board=board.pk), by=by)
    return board


@transaction.atomic
def add_task(board: Board, title: str, *, by: User, owner: User | None = None) -> BoardTask:
    """Refuses an empty task, those who are no members, and a project that has ended."""
    board = _open_to(board, by)
    if not title.strip():
        raise Refused(refusals.IDEA_EMPTY())
    task = BoardTask.objects.create(board=board, title=title.strip()[:160], owner=owner)
    events.record(BoardChanged(board=board.pk, fields=["tasks"]), by=by)
    return task


@transaction.atomic
def move_task(task: BoardTask, state: str, *, by: User) -> BoardTask:
    """To do, doing, done. Refuses those who are no members, and a project that has ended."""
    board = _open_to(task.board, by)
    task.state = BoardTask.States(state)
    task.save(update_fields=["state"])
    events.record(BoardChanged(board=board.pk, fields=["tasks"]), by=by)
    return task


@transaction.atomic
def write_draft(board: Board, text: str, *, based_on: int, by: User) -> Board:
    """Save the shared draft. Refuses when somebody saved it since version ``based_on``: nothing of theirs is lost."""
    board = _open_to(board, by)
    if board.draft_version != based_on and board.draft != text.strip():
        raise Refused(refusals.DRAFT_CHANGED())
    board.draft, board.draft_version = text.strip(), board.draft_version + 1
    board.save(update_fields=["draft", "draft_version"])
    events.record(BoardChanged(board=board.pk, fields=["draft"]), by=by)
    return board


@transaction.atomic
def end(board: Board, *, output: str, by: User) -> Board:
    """The project is done; ``output`` says what came out and where it is published. Refuses without."""
    board = _open_to(board, by)
    if not output.strip():
        raise Refused(refusals.OUTPUT_MISSING())
    board.output, board.ended_at = output.strip()[:300], clock.now()
    board.save(update_fields=["output", "ended_at"])
    events.record(BoardEnded(board=board.pk), by=by)
    return board


def _open_to(board: Board, by: User) -> Board:
    board = Board.objects.select_for_update().get(pk=board.pk)
    reasons: list[Reason] = []
    if board.ended_at is not None:
        reasons.append(refusals.BOARD_OVER())
    if not board.members.filter(pk=by.pk).exists():
        reasons.append(refusals.BOARD_NOT_YOURS())
    if reasons:
        raise Refused(reasons)
    return board
