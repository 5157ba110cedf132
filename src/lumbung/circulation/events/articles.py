"""Copies of articles and chapters. What was asked for stands on the request."""

from lumbung.kernel.events import Event, event


@event
class ArticleTermsChanged(Event):
    fields: list[str]


@event
class ArticleRequested(Event):
    article_request: int
    record: int
    member: int
    branch: int


@event
class ArticleTakenUp(Event):
    """``worker`` is the user who makes the copy."""

    article_request: int
    record: int
    worker: int


@event
class ArticleHandedOn(Event):
    """Another branch makes the copy, or another user, or (``worker`` is None) whoever takes it up."""

    article_request: int
    record: int
    branch: int
    worker: int | None


@event
class ArticleFulfilled(Event):
    """The copy is made: a file that may be read, paper that waits, or paper that was sent. ``pages`` is how many."""

    article_request: int
    record: int
    member: int
    branch: int
    pages: int | None


@event
class ArticleVisitMoved(Event):
    """The visit that would have brought the paper does not take place: it comes with the next one, or waits at the branch."""

    article_request: int
    record: int
    member: int


@event
class ArticleFetched(Event):
    """Paper that waited is with the member."""

    article_request: int
    record: int
    member: int


@event
class ArticleRefused(Event):
    article_request: int
    record: int
    member: int


@event
class ArticleReopened(Event):
    """It was refused or handed over by mistake: ``state`` is how it stands again."""

    article_request: int
    record: int
    member: int
    state: str


@event
class ArticleCancelled(Event):
    article_request: int
    record: int
    member: int


@event
class ArticleExpired(Event):
    """The file was removed, or the paper was not fetched in time."""

    article_request: int
    record: int
    member: int


@event
class ArticlesArrived(Event):
    """Requests that came from another system."""

    article_requests: list[int]


@event
class ArticlesWithdrawn(Event):
    """Requests that came from another system were taken out again."""

    article_requests: int
