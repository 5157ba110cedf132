"""Files of an article: what they are is read from their bytes."""

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.articles import ArticleAttached, AttachmentRemoved
from lumbung.knowledge.models import Article, ArticleFile
from lumbung.knowledge.queries.articles import may_write
from lumbung.knowledge.refusals.articles import FILE_ACTS, FILE_KIND, FILE_LARGE, NOT_YOURS_TO_WRITE

FOLDER = "knowledge"
LARGEST_MB = 10
LARGEST = LARGEST_MB * 1024 * 1024


@transaction.atomic
def attach(article: Article, *, name: str, content: bytes, by: User) -> ArticleFile:
    """Keep a file with the article. Refuses what is no picture or PDF, what acts, and what is too large."""
    kind = uploads.kind_of(content)
    reasons: list[Reason] = [] if may_write(by, article) else [NOT_YOURS_TO_WRITE()]
    if not kind:
        reasons.append(FILE_KIND())
    if kind == "pdf" and uploads.acts(content):
        reasons.append(FILE_ACTS())
    if len(content) > LARGEST:
        reasons.append(FILE_LARGE(megabytes=LARGEST_MB))
    if reasons:
        raise Refused(reasons)
    kept = uploads.keep(content, kind=kind, folder=FOLDER)
    row = ArticleFile.objects.create(
        article=article,
        name=name.strip()[:150] or kind,
        stored_file=kept.stored_file,
        kind=kind,
        size=kept.size,
        by=by,
        at=clock.now(),
    )
    events.record(ArticleAttached(article=article.pk, attachment=row.pk), by=by)
    return row


@transaction.atomic
def detach(attachment: ArticleFile, *, by: User) -> None:
    """Take a file away; the file goes once the change stands."""
    if not may_write(by, attachment.article):
        raise Refused(NOT_YOURS_TO_WRITE())
    stored = attachment.stored_file
    events.record(AttachmentRemoved(article=attachment.article_id, attachment=attachment.pk), by=by)
    attachment.delete()
    transaction.on_commit(lambda: uploads.forget(stored))
