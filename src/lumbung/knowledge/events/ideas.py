"""What happens to issues, ideas, consultations, projects, surveys, hand-overs and audits."""

from lumbung.kernel.events import Event, event


@event
class IssueRaised(Event):
    issue: int


@event
class IdeaProposed(Event):
    idea: int
    issue: int | None


@event
class IdeaVoted(Event):
    """Somebody is for it, or no longer; who is with the idea."""

    idea: int
    count: int


@event
class IdeaMoved(Event):
    """It reached another stage."""

    idea: int
    status: str


@event
class ConsultationOpened(Event):
    consultation: int


@event
class ConsultationVoteCast(Event):
    consultation: int


@event
class ConsultationCommented(Event):
    consultation: int


@event
class ConsultationDecided(Event):
    consultation: int
    status: str


@event
class BoardBegun(Event):
    board: int


@event
class BoardChanged(Event):
    board: int
    fields: list[str]


@event
class BoardEnded(Event):
    board: int


@event
class SurveyOpened(Event):
    survey_run: int


@event
class SurveyAnswered(Event):
    """One more answer is counted; nobody's name goes with it."""

    survey_run: int


@event
class SurveyClosed(Event):
    survey_run: int


@event
class HandOverOpened(Event):
    hand_over: int
    user: int


@event
class HandOverTold(Event):
    hand_over: int


@event
class HandOverClosed(Event):
    hand_over: int
    count: int


@event
class KnowledgeAudited(Event):
    audit: int
    count: int


@event
class InterviewOpened(Event):
    interview: int
    user: int


@event
class InterviewTold(Event):
    interview: int


@event
class InterviewClosed(Event):
    interview: int
    count: int
