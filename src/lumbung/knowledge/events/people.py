"""What happens to the people of the portal."""

from lumbung.kernel.events import Event, event


@event
class ColleagueProfileChanged(Event):
    person: int
    fields: list[str]


@event
class SkillsChanged(Event):
    person: int


@event
class ExpertiseAnswered(Event):
    """Somebody confirmed or declined what was proposed of them."""

    expertise: int
    state: str


@event
class PlanMade(Event):
    person: int
    plan: int


@event
class PlanFulfilled(Event):
    person: int
    plan: int


@event
class ColleagueThanked(Event):
    person: int
    thanks: int


@event
class CriterionSet(Event):
    criterion: int


@event
class AwardGiven(Event):
    award: int
    person: int


@event
class AwardAgreed(Event):
    award: int
    person: int


@event
class SharingTimeNoted(Event):
    person: int
    sharing_time: int


@event
class SharingTimeForgotten(Event):
    person: int
    sharing_time: int


@event
class IntroductionProposed(Event):
    """Who proposed it stands with the introduction alone, for those who are in it to see."""

    introduction: int


@event
class IntroductionAgreed(Event):
    introduction: int
    person: int


@event
class ColleaguesIntroduced(Event):
    """Both agreed."""

    introduction: int


@event
class IntroductionEnded(Event):
    """It came to nothing; who would rather not is told nowhere."""

    introduction: int
