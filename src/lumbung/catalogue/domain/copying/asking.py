"""Asking several other catalogues at once. A slow or dead one costs the others nothing, and says so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from threading import BoundedSemaphore
from time import monotonic
from typing import NamedTuple

from django.db import transaction

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.domain.copying.over_sru import ask_sru
from lumbung.catalogue.domain.copying.over_z3950 import ask_z3950
from lumbung.catalogue.domain.copying.questions import Question
from lumbung.catalogue.domain.copying.reply import Reply
from lumbung.catalogue.models import ForeignAnswer, ForeignRecord, ForeignSearch, Target
from lumbung.catalogue.refusals import ISBN_WRONG, NO_TARGETS, NOTHING_ASKED
from lumbung.formats import marc
from lumbung.kernel import clock, events
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.refusals import Refused

MOST_AT_ONCE = 12
SEARCHES_AT_ONCE = 2
"""In one process: a page has few threads to wait in, and readers need theirs."""
GRACE = timedelta(seconds=15)
KEPT = timedelta(days=14)
WAYS: dict[str, Callable[[Target, Question], Reply]] = {Target.Protocols.SRU: ask_sru, Target.Protocols.Z3950: ask_z3950}
States = ForeignAnswer.States

_places = BoundedSemaphore(SEARCHES_AT_ONCE)


class Heard(NamedTuple):
    """What came of one asking, after how many milliseconds."""

    reply: Reply | None
    failed: Failed | None
    took: int


@transaction.atomic
def begin_search(*, by: events.Actor, isbn: str = "", title: str = "", creator: str = "", words: str = "") -> ForeignSearch:
    """Write down what is to be asked of every target that is switched on; ``ask`` asks it.

    Refuses a question without words, an ISBN that is none, and while no target is switched on. The journal is not told: nothing is changed.
    """
    number = isbn_13(isbn)
    reasons = [ISBN_WRONG(isbn=isbn.strip())] if isbn.strip() and not number else []
    if not any(each.strip() for each in (isbn, title, creator, words)):
        reasons.append(NOTHING_ASKED())
    targets = list(Target.objects.filter(switched_on=True))
    if not targets:
        reasons.append(NO_TARGETS())
    if reasons:
        raise Refused(reasons)
    told = {name: " ".join(text.split())[:200] for name, text in (("title", title), ("creator", creator), ("words", words))}
    search = ForeignSearch.objects.create(by_id=by.pk, at=clock.now(), isbn=number, **told)
    ForeignAnswer.objects.bulk_create(ForeignAnswer(search=search, target=each) for each in targets)
    return search


def ask(search: ForeignSearch) -> bool:
    """Ask the targets that wait, all at once, and keep each answer as it comes. False when this process is asking enough already.

    Only the network is waited for in other threads; the database is written from this one, a transaction for each answer.
    """
    if not _places.acquire(blocking=False):
        return False
    try:
        for answer, heard in _heard(_claimed(search), Question.of(search)):
            _keep(answer, heard)
    finally:
        _places.release()
    return True


def ask_once(target: Target, question: Question) -> Heard:
    """Ask one target. Whatever it does, it is an answer."""
    began = monotonic()
    try:
        reply, failed = WAYS[target.protocol](target, question), None
    except Failed as failure:
        reply, failed = None, failure
    return Heard(reply, failed, round(1000 * (monotonic() - began)))


def give_up_left_over(search: ForeignSearch) -> None:
    """Say of answers that nobody waits for any more, because the process that asked has ended, that they did not come."""
    for answer in search.answers.filter(state=States.ASKING).select_related("target"):
        patience = timedelta(seconds=answer.target.timeout) + GRACE
        if answer.asked_at is not None and clock.now() - answer.asked_at > patience:
            answer.state, answer.failure = States.FAILED, Failures.INTERRUPTED
            answer.save(update_fields=["state", "failure"])


def forget_searches() -> int:
    """Delete questions and what was answered after two weeks; how many. Every night."""
    old = ForeignSearch.objects.filter(at__lt=clock.now() - KEPT)
    count = old.count()
    old.delete()
    return count


def _claimed(search: ForeignSearch) -> list[ForeignAnswer]:
    """The answers that this call is to fetch; another call at the same moment gets none of them."""
    claimed = []
    for answer in search.answers.filter(state=States.WAITING).select_related("target"):
        now = clock.now()
        if ForeignAnswer.objects.filter(pk=answer.pk, state=States.WAITING).update(state=States.ASKING, asked_at=now):
            claimed.append(answer)
    return claimed


def _heard(answers: list[ForeignAnswer], question: Question) -> Iterator[tuple[ForeignAnswer, Heard]]:
    if not answers:
        return
    with ThreadPoolExecutor(min(len(answers), MOST_AT_ONCE)) as pool:
        asked = {pool.submit(ask_once, answer.target, question): answer for answer in answers}
        for future in as_completed(asked):
            yield asked[future], future.result()


@transaction.atomic
def _keep(answer: ForeignAnswer, heard: Heard) -> None:
    answer.took = heard.took
    if heard.failed is not None:
        answer.state, answer.failure, answer.detail = States.FAILED, heard.failed.failure, heard.failed.detail
    elif heard.reply is not None:
        answer.state, answer.total, answer.detail = States.ANSWERED, min(heard.reply.total, 2**31 - 1), heard.reply.trouble
        ForeignRecord.objects.bulk_create(
            ForeignRecord(answer=answer, place=place, marc=marc.to_json(each))
            for place, each in enumerate(heard.reply.records, 1)
        )
    answer.save(update_fields=["state", "total", "failure", "detail", "took"])
