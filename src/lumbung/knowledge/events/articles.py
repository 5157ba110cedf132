"""What happens to articles."""

from lumbung.kernel.events import Event, event


@event
class ArticleStarted(Event):
    article: int
    form: str


@event
class ArticleRevised(Event):
    """``restored`` is the version whose text was taken up again."""

    article: int
    version: int
    restored: int | None = None


@event
class ArticleSubmitted(Event):
    article: int
    version: int


@event
class ArticleSentBack(Event):
    article: int
    version: int


@event
class ArticlePublished(Event):
    """A version was approved and is what readers see from now on."""

    article: int
    version: int
    review_on: str


@event
class ArticleConfirmed(Event):
    """Looked at again and found right: valid until another day."""

    article: int
    review_on: str


@event
class ArticleArchived(Event):
    article: int


@event
class ArticleBroughtBack(Event):
    article: int


@event
class CircleChanged(Event):
    article: int
    was: str
    became: str


@event
class ArticleHandedOver(Event):
    """The article has another owner."""

    article: int
    owner: int


@event
class ArticleAttached(Event):
    article: int
    attachment: int


@event
class AttachmentRemoved(Event):
    article: int
    attachment: int


@event
class CreditGiven(Event):
    article: int
    contribution: int


@event
class RemarkMade(Event):
    article: int
    remark: int


@event
class RemarkSettled(Event):
    article: int
    remark: int
    version: int


@event
class ArticleUsed(Event):
    """Read, used, found helpful, or learnt."""

    article: int
    use: int
    kind: str


@event
class QuizSet(Event):
    article: int
    questions: int


@event
class GuideTied(Event):
    article: int
    page: str


@event
class GuideUntied(Event):
    article: int
    page: str


@event
class TopicAdded(Event):
    topic: int


@event
class TopicChanged(Event):
    topic: int
    fields: list[str]
