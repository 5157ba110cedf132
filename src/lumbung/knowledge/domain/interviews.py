"""A colleague is asked what they know that is written nowhere; what they tell stays in their circle, and leads to articles and gaps."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.events import ideas as happened
from lumbung.knowledge.models import HandOver, Interview, InterviewAnswer, Topic
from lumbung.knowledge.models.interview import state_of
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries.hand_overs import gaps_of
from lumbung.knowledge.queries.interviews import gaps_in, interviews_in_hand
from lumbung.knowledge.refusals import ideas as refusals

USUAL = (
    gettext_lazy("Pekerjaan apa yang hanya Anda yang dapat mengerjakannya?"),
    gettext_lazy("Apa yang Anda lakukan berbeda dari yang tertulis, dan mengapa?"),
    gettext_lazy("Keputusan sulit apa yang sering Anda ambil, dan apa tandanya bagi Anda?"),
    gettext_lazy("Masalah apa yang paling sering berulang, dan bagaimana Anda memulihkannya?"),
    gettext_lazy("Siapa yang Anda hubungi bila buntu, di dalam dan di luar perpustakaan?"),
    gettext_lazy("Apa yang ingin Anda ketahui pada hari pertama dahulu?"),
    gettext_lazy("Apa yang pernah dicoba dan gagal, sehingga tidak perlu diulang?"),
    gettext_lazy("Apa yang sebaiknya kami ubah sesudah Anda pergi?"),
)
Circles = InterviewAnswer.Circles


@refuse_when_broken(two_hold_one_interview_at_a_time=refusals.INTERVIEW_OPEN)
@transaction.atomic
def open_interview(person: User, *, hand_over: HandOver | None = None, by: User) -> Interview:
    """Begin with the usual questions, and with what the hand-over still lacks. Whoever takes over may ask, and who manages."""
    reasons: list[Reason] = [refusals.INTERVIEWS_SELF()] if person.pk == by.pk else []
    takes_over = hand_over is not None and hand_over.successor_id == by.pk
    if not may(by, MANAGE) and not takes_over:
        reasons.append(refusals.NOT_YOURS_TO_INTERVIEW())
    if interviews_in_hand(by).filter(person=person).exists():
        reasons.append(refusals.INTERVIEW_OPEN())
    if reasons:
        raise Refused(reasons)
    interview = Interview.objects.create(person=person, interviewer=by, hand_over=hand_over, opened_at=clock.now())
    asked = [*map(str, USUAL)]
    if hand_over is not None:
        asked += [_("Ceritakan: %(what)s") % {"what": each.title} for each in gaps_of(hand_over)]
    rows = (InterviewAnswer(interview=interview, question=each[:200]) for each in dict.fromkeys(asked))
    InterviewAnswer.objects.bulk_create(rows)
    events.record(happened.InterviewOpened(interview=interview.pk, user=person.pk), by=by)
    return interview


@transaction.atomic
def ask(interview: Interview, question: str, *, by: User) -> InterviewAnswer:
    """One question more. Refuses an empty one."""
    current = _open(interview, by)
    tidy = " ".join(question.split())[:200]
    if not tidy:
        raise Refused(refusals.IDEA_EMPTY())
    row, _made = InterviewAnswer.objects.get_or_create(interview=current, question=tidy)
    events.record(happened.InterviewTold(interview=current.pk), by=by)
    return row


@transaction.atomic
def tell(
    row: InterviewAnswer,
    told: str,
    *,
    topic: Topic | None = None,
    in_head_only: bool = False,
    based_on: str | None = None,
    by: User,
) -> InterviewAnswer:
    """Write down what was told: either of the two does, while they talk.

    Refuses when the answer was changed since its state was ``based_on``: nothing of the other's is lost.
    """
    _open(row.interview, by)
    row.refresh_from_db(fields=["told", "topic", "in_head_only"])
    new = state_of(told, topic.pk if topic else None, in_head_only)
    if based_on is not None and row.state not in {based_on, new}:
        raise Refused(refusals.ANSWER_CHANGED(question=row.question))
    row.told, row.topic, row.in_head_only = told.replace("\r\n", "\n").strip(), topic, in_head_only
    row.save(update_fields=["told", "topic", "in_head_only"])
    events.record(happened.InterviewTold(interview=row.interview_id), by=by)
    finding.put(row)
    return row


@transaction.atomic
def set_circle(row: InterviewAnswer, circle: Circles | str, *, by: User) -> InterviewAnswer:
    """Who may read this answer: the word of whoever told it, also afterwards."""
    reasons: list[Reason] = [] if by.pk == row.interview.person_id else [refusals.NOT_YOURS_TO_WIDEN()]
    if circle not in Circles.values:
        reasons.append(refusals.CIRCLE_UNKNOWN())
    if reasons:
        raise Refused(reasons)
    row.circle = circle
    row.save(update_fields=["circle"])
    events.record(happened.InterviewTold(interview=row.interview_id), by=by)
    return row


@transaction.atomic
def close_interview(interview: Interview, *, by: User) -> int:
    """The talk is over; how many gaps it leaves, which stay listed."""
    current = _open(interview, by)
    current.closed_at = clock.now()
    current.save(update_fields=["closed_at"])
    gaps = len(gaps_in([current])[current.pk])
    events.record(happened.InterviewClosed(interview=current.pk, count=gaps), by=by)
    return gaps


def _open(interview: Interview, by: User) -> Interview:
    current = Interview.objects.select_for_update().get(pk=interview.pk)
    reasons: list[Reason] = [] if by.pk in {current.person_id, current.interviewer_id} else [refusals.NOT_YOURS_TO_INTERVIEW()]
    if current.closed_at is not None:
        reasons.append(refusals.INTERVIEW_OVER())
    if reasons:
        raise Refused(reasons)
    return current
