"""What happens to imports of articles."""

from lumbung.kernel.events import Event, event


@event
class ArticlesImported(Event):
    article_import: int
    count: int


@event
class ArticleImportUndone(Event):
    article_import: int
    removed: int
    kept: int
