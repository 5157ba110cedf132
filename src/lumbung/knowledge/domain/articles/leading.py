"""What an article that comes in brings along: whoever wrote it, its pictures, and its links to the documents it came with."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.formats.prose.reading import Found
from lumbung.kernel import uploads
from lumbung.knowledge.domain.articles.attaching import LARGEST, attach
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.documents import beside
from lumbung.knowledge.models import Article, ArticleImport, ImportedDocument

HERE = "/staff/knowledge/articles"
LINK = re.compile(r"(?P<before>(?<!!)\[[^\]\n]*\])\((?P<to><[^>\n]+>|[^()\s]+)\)")


def keep_people_and_pictures(article: Article, found: Found, by: User) -> None:
    for person in found.people:
        credit(article, None, Parts.AUTHOR, by=by, name=person)
    body = article.body
    for n, picture in enumerate(found.pictures, 1):
        if uploads.kind_of(picture.content) and len(picture.content) <= LARGEST:
            kept = attach(article, name=PurePosixPath(picture.name).name, content=picture.content, by=by)
            body = body.replace(f"(lampiran:{n})", f"({HERE}/{article.pk}/attachments/{kept.pk})")
    _say(article, body)


def leads_on(body: str) -> bool:
    """Whether the text has links that may mean another document of its folder."""
    return any(not _is_address(link["to"]) for link in LINK.finditer(body))


def lead_on(run: ArticleImport, in_hand: Callable[[ArticleImport, str], None], stretch: int) -> bool:
    """Let links of the next articles lead to what became of the documents that they mean; False when none is left."""
    lines = run.documents.filter(leads_on=True, article__isnull=False, position__gt=run.linked)
    with transaction.atomic():
        in_hand(run, ArticleImport.States.RUNNING)
        some = list(lines.select_related("article")[:stretch])
        for line in some:
            _lead_on(run, line)
            run.linked = line.position
        run.save(update_fields=["linked"])
    return bool(some)


def _lead_on(run: ArticleImport, line: ImportedDocument) -> None:
    article = line.article
    if article is None or article.version > 1:
        return
    meant = {beside(line.source, link["to"]) for link in LINK.finditer(article.body) if not _is_address(link["to"])}
    there = run.documents.filter(source__in=meant, article__isnull=False)
    made: Mapping[str, int | None] = dict(there.values_list("source", "article"))

    def place(link: re.Match[str]) -> str:
        found = made.get(beside(line.source, link["to"]))
        return f"{link['before']}({HERE}/{found})" if found else link[0]

    _say(article, LINK.sub(place, article.body))


def _is_address(to: str) -> bool:
    return "://" in to or to.startswith((f"{HERE}/", "mailto:"))


def _say(article: Article, body: str) -> None:
    """The text of an article that has just come in, with its addresses put right."""
    if body != article.body:
        Article.objects.filter(pk=article.pk).update(body=body)
        article.versions.update(body=body)
        article.body = body
