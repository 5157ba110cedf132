"""Writing: a draft, its versions, two editors at once, and going back to an earlier text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.formats.prose.changes import Clash, merged
from lumbung.formats.prose.markdown import LONGEST
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.events.articles import ArticleRevised, ArticleStarted
from lumbung.knowledge.models import Article, ArticleDraft, ArticleVersion, Topic
from lumbung.knowledge.queries.articles import may_write
from lumbung.knowledge.refusals.articles import (
    ARTICLE_TITLE_EMPTY,
    ARTICLE_TOO_LONG,
    IS_ARCHIVED,
    NOT_YOURS_TO_WRITE,
    VERSION_UNKNOWN,
)


@dataclass(frozen=True)
class Text:
    """What an article says."""

    title: str
    summary: str = ""
    body: str = ""

    def tidy(self) -> "Text":
        body = "\n".join(line.rstrip() for line in self.body.replace("\r\n", "\n").split("\n")).strip("\n")
        return Text(" ".join(self.title.split())[:200], " ".join(self.summary.split())[:300], f"{body}\n" if body else "")


@dataclass(frozen=True)
class Revised:
    """What became of a revision: saved when ``clashes`` is empty, else nothing was, and a person must choose piece by piece."""

    article: Article
    pieces: Sequence[str | Clash] = ()
    joined: bool = False

    @property
    def clashes(self) -> list[Clash]:
        return [each for each in self.pieces if isinstance(each, Clash)]


@transaction.atomic
def start_article(
    text: Text,
    *,
    form: Article.Forms | str = Article.Forms.HOW_TO,
    topics: Collection[Topic] = (),
    by: User,
    authors: Collection[User] = (),
) -> Article:
    """Begin an article, for its owner's eyes only until they share it. Refuses one without a title, or too long."""
    text = text.tidy()
    if reasons := _faults(text):
        raise Refused(reasons)
    now = clock.now()
    article = Article.objects.create(
        form=form, title=text.title, summary=text.summary, body=text.body, owner=by, started_at=now, changed_at=now
    )
    article.topics.set(topics)
    _keep_version(article, by)
    for each in (by, *authors):
        credit(article, each, Parts.AUTHOR, by=by)
    events.record(ArticleStarted(article=article.pk, form=article.form), by=by)
    finding.put(article)
    return article


@transaction.atomic
def revise(
    article: Article, text: Text, *, based_on: int, topics: Collection[Topic] | None = None, note: str = "", by: User
) -> Revised:
    """Save a new version. When somebody saved another since ``based_on``, both are put together; where both changed the same
    lines, nothing is saved and the pieces are given back to choose from. The same text again makes no version.
    """
    current = _locked(article)
    text = text.tidy()
    reasons = _faults(text)
    if not may_write(by, current):
        reasons.append(NOT_YOURS_TO_WRITE())
    if current.state == Article.States.ARCHIVED:
        reasons.append(IS_ARCHIVED())
    if reasons:
        raise Refused(reasons)
    joined = based_on < current.version
    if joined:
        before = current.versions.filter(number=based_on).first()
        pieces = merged(before.body if before else "", text.body, current.body)
        if any(isinstance(each, Clash) for each in pieces):
            return Revised(current, pieces)
        text = _with_theirs(before, text, current, "".join(map(str, pieces)))
    if topics is not None:
        current.topics.set(topics)
    _write(current, text, note=note, by=by)
    return Revised(current, joined=joined)


@transaction.atomic
def restore(article: Article, number: int, *, by: User) -> Article:
    """Take up an earlier text again, as the newest version; what stood meanwhile stays among the versions."""
    current = _locked(article)
    earlier = current.versions.filter(number=number).first()
    reasons = [] if earlier else [VERSION_UNKNOWN(number=number)]
    if not may_write(by, current):
        reasons.append(NOT_YOURS_TO_WRITE())
    if current.state == Article.States.ARCHIVED:
        reasons.append(IS_ARCHIVED())
    if reasons or earlier is None:
        raise Refused(reasons)
    _write(current, Text(earlier.title, earlier.summary, earlier.body), by=by, restored=number)
    return current


def _write(article: Article, text: Text, *, by: User, note: str = "", restored: int | None = None) -> None:
    if (article.title, article.summary, article.body) != (text.title, text.summary, text.body):
        article.title, article.summary, article.body = text.title, text.summary, text.body
        article.version, article.changed_at, article.submitted_at = article.version + 1, clock.now(), None
        article.save()
        _keep_version(article, by, note=note, restored=restored)
        credit(article, by, Parts.EDITOR, by=by)
        events.record(ArticleRevised(article=article.pk, version=article.version, restored=restored), by=by)
    ArticleDraft.objects.filter(owner=by, article=article).delete()
    finding.put(article)


def _with_theirs(before: ArticleVersion | None, mine: Text, theirs: Article, body: str) -> Text:
    """Title and summary as I changed them, else as they stand now."""
    title = mine.title if before is None or mine.title != before.title else theirs.title
    summary = mine.summary if before is None or mine.summary != before.summary else theirs.summary
    return Text(title, summary, body)


def _keep_version(article: Article, by: User, *, note: str = "", restored: int | None = None) -> None:
    ArticleVersion.objects.create(
        article=article,
        number=article.version,
        title=article.title,
        summary=article.summary,
        body=article.body,
        note=note.strip()[:200],
        restored=restored,
        by=by,
        at=article.changed_at,
    )


def _faults(text: Text) -> list[Reason]:
    reasons = [] if text.title else [ARTICLE_TITLE_EMPTY()]
    return [*reasons, ARTICLE_TOO_LONG()] if len(text.body) > LONGEST else reasons


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
