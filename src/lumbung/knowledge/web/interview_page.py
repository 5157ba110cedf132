"""The page of an interview is one form: all that was typed is saved together, and what is refused stays on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.keys import key_in
from lumbung.knowledge.domain import interviews as verbs
from lumbung.knowledge.models import InterviewAnswer, Topic
from lumbung.knowledge.models.interview import state_of


@dataclass(frozen=True)
class Line:
    """An answer as the page has it, stored or typed; ``told`` is None where it was not written there."""

    answer: InterviewAnswer
    told: str | None
    topic: Topic | None
    in_head_only: bool
    circle: str

    @property
    def is_other(self) -> bool:
        """Whether another text is stored than stands here."""
        return self.told is not None and self.told.replace("\r\n", "\n").strip() != self.answer.told


@dataclass
class Kept:
    """What was refused of a page, by answer, and why."""

    refused: dict[int, Line] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


def keep(answers: Iterable[InterviewAnswer], post: QueryDict, *, by: User) -> Kept:
    """Save what was changed on the page since it was shown; each answer by itself, so that one refused holds up no other."""
    topics, kept = {each.pk: each for each in Topic.objects.all()}, Kept()
    for answer in answers:
        line = _typed(answer, post, topics)
        try:
            _save(line, post, by)
        except Refused as refused:
            kept.refused[answer.pk] = line
            kept.reasons += refused.reasons
    return kept


def lines_of(answers: Iterable[InterviewAnswer], kept: Kept) -> list[Line]:
    """Each answer as it is stored now, or as it was typed where that was refused."""
    lines = []
    for answer in answers:
        typed = kept.refused.get(answer.pk)
        shown: Line | InterviewAnswer = typed if typed is not None and typed.told is not None else answer
        circle = typed.circle if typed else answer.circle
        lines.append(Line(answer, shown.told, shown.topic, shown.in_head_only, circle))
    return lines


def _typed(answer: InterviewAnswer, post: QueryDict, topics: Mapping[int, Topic]) -> Line:
    told = post.get(f"told-{answer.pk}")
    topic = topics.get(key_in(post.get(f"topic-{answer.pk}")))
    circle = post.get(f"circle-{answer.pk}", answer.circle)
    return Line(answer, told, topic, f"in_head_only-{answer.pk}" in post, circle)


def _save(line: Line, post: QueryDict, by: User) -> None:
    answer, shown = line.answer, post.get(f"state-{line.answer.pk}", "")
    if line.told is not None and state_of(line.told, line.topic.pk if line.topic else None, line.in_head_only) != shown:
        verbs.tell(answer, line.told, topic=line.topic, in_head_only=line.in_head_only, based_on=shown, by=by)
    if line.circle != post.get(f"was-{answer.pk}", answer.circle):
        verbs.set_circle(answer, line.circle, by=by)
