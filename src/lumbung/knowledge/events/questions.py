"""What happens to questions among colleagues. Whoever hides their name is not the actor of the entry either."""

from lumbung.kernel.events import Event, event


@event
class ColleagueAsked(Event):
    question: int
    asked_of: int | None = None


@event
class ColleagueAnswered(Event):
    question: int
    answer: int


@event
class QuestionSettled(Event):
    question: int
    answer: int


@event
class QuestionReported(Event):
    question: int


@event
class AskerRevealed(Event):
    """Somebody who leads the library read the name behind a reported question."""

    question: int
