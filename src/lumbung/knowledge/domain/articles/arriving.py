"""A folder or a wiki comes in: looked through first, then as drafts with everybody's credit, and taken back as a whole."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.formats.prose import mediawiki
from lumbung.formats.prose.markdown import LONGEST
from lumbung.formats.prose.reading import Found, Picture, Unreadable, files_in, from_docx, from_html, from_markdown, is_word
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.articles.attaching import LARGEST, attach
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.events.arrivals import ArticleImportUndone, ArticlesImported
from lumbung.knowledge.models import Article, ArticleImport, ImportedArticle
from lumbung.knowledge.refusals.articles import ALREADY_UNDONE, NOTHING_TO_IMPORT

MOST, LONGEST_SOURCE, HEAD = 2_000, 300, 2_000
PICTURE = re.compile(r"(?P<before>!\[[^\]\n]*\])\((?P<to><[^>\n]+>|[^()\n]+?)(?:\s+\"[^\"\n]*\")?\)")
LINK = re.compile(r"(?P<before>(?<!!)\[[^\]\n]*\])\((?P<to><[^>\n]+>|[^()\s]+)\)")
READERS = {".md": from_markdown, ".markdown": from_markdown, ".txt": from_markdown, ".html": from_html, ".htm": from_html}


@dataclass(frozen=True)
class Line:
    """What becomes of one file or page: ``new``, ``same`` (there is an article of this title), or ``unread`` with its reason."""

    source: str
    fate: str
    title: str = ""
    because: str = ""
    left_out: tuple[str, ...] = ()


def look_through(name: str, sent: bytes | BinaryIO) -> list[Line]:
    """What would come in, without storing anything. At most ``MOST`` documents."""
    return [line for line, _found in _judged(name, sent)]


def _judged(name: str, sent: bytes | BinaryIO) -> Iterator[tuple[Line, Found | None]]:
    """One document after another with what becomes of it, and what it says where it comes in: one is held at a time."""
    there = {title.casefold() for title in Article.objects.values_list("title", flat=True)}
    seen: set[str] = set()
    for said, found in _documents(name, io.BytesIO(sent) if isinstance(sent, bytes) else sent):
        source = _once(said, seen)
        if len(seen) > MOST:
            yield Line(source, "unread", because="too_many"), None
            return
        line = Line(source, "unread", because=found) if isinstance(found, str) else _fate(source, found, there)
        yield line, None if isinstance(found, str) or line.fate != "new" else found


def _fate(source: str, found: Found, there: set[str]) -> Line:
    """What becomes of a document that could be read; ``there`` are the titles that are taken."""
    title = (found.title or PurePosixPath(source).stem.replace("_", " ").replace("-", " ")).strip()[:200]
    if not found.text.strip():
        return Line(source, "unread", title, because="empty")
    if len(found.text) > LONGEST:
        return Line(source, "unread", title, because="too_large")
    if title.casefold() in there:
        return Line(source, "same", title)
    there.add(title.casefold())
    return Line(source, "new", title, left_out=found.left_out)


def _once(source: str, seen: set[str]) -> str:
    """The name of the source, told apart from an earlier one of the same name: an archive may hold a path twice."""
    told, n = source[:LONGEST_SOURCE], 1
    while told in seen:
        n += 1
        told = f"{source[: LONGEST_SOURCE - 8]} ({n})"
    seen.add(told)
    return told


def _documents(name: str, sent: BinaryIO) -> Iterator[tuple[str, Found | str]]:
    """Each document with what it says, or the code of why it cannot be read; what it is is told by its bytes before its name.

    A wiki is read as it is gone through; anything else is small enough to be held, and bound so.
    """
    sent.seek(0)
    beginning = sent.read(HEAD)
    sent.seek(0)
    if _is_wiki(beginning) and not _is_packed(beginning):
        yield from _of_wiki(name, sent)
        return
    content = sent.read()
    try:
        if _is_packed(content) and not is_word(content):
            pictures = {inner: inside for inner, inside in files_in(content) if inside and _is_picture(inside)}
            for inner, inside in files_in(content):
                is_document = PurePosixPath(inner).suffix.lower() in {*READERS, ".docx"}
                if inside is None:
                    yield from [(inner, "broken")] if is_document else []
                elif _is_wiki(inside) or is_document:
                    yield from ((source, _with_pictures(found, source, pictures)) for source, found in _of_file(inner, inside))
        else:
            yield from _of_file(name, content)
    except Unreadable as refused:
        yield name, str(refused)


def _is_picture(content: bytes) -> bool:
    return uploads.kind_of(content) in {"jpeg", "png", "webp"} and len(content) <= LARGEST


def _with_pictures(found: Found | str, source: str, pictures: Mapping[str, bytes]) -> Found | str:
    """The document with the pictures of its folder that it speaks of, each once, as those within a Word document come."""
    if isinstance(found, str):
        return found
    kept = list(found.pictures)

    def place(link: re.Match[str]) -> str:
        path = _beside(source, link["to"])
        if path not in pictures:
            return link[0]
        names = [each.name for each in kept]
        if path not in names:
            kept.append(Picture(path, pictures[path]))
            names.append(path)
        return f"{link['before']}(lampiran:{names.index(path) + 1})"

    text = PICTURE.sub(place, found.text)
    return replace(found, text=text, pictures=tuple(kept))


def _beside(source: str, to: str) -> str:
    """The path in the folder that a link in the document ``source`` means; above the folder there is nothing."""
    place = unquote(to.partition("#")[0].strip("<>"))
    parts: list[str] = []
    for part in [*PurePosixPath(source).parent.parts, *PurePosixPath(place).parts]:
        if part == "..":
            parts = parts[:-1]
        elif part not in {".", "/"}:
            parts.append(part)
    return "/".join(parts)


def _of_file(name: str, content: bytes) -> Iterator[tuple[str, Found | str]]:
    """What one file says: a document, or the pages of a wiki."""
    if _is_wiki(content):
        yield from _of_wiki(name, content)
    else:
        yield name, _read(name, content)


def _of_wiki(name: str, source: bytes | BinaryIO) -> Iterator[tuple[str, Found | str]]:
    """The pages, and at the end why there are no more, where the file is cut short."""
    try:
        for page in mediawiki.pages(source):
            yield page.title, page
    except Unreadable as refused:
        yield name, str(refused)


def _is_packed(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _is_wiki(content: bytes) -> bool:
    return b"<mediawiki" in content[:HEAD]


def _read(name: str, content: bytes) -> Found | str:
    try:
        if _is_packed(content):
            return from_docx(content)
        reader = READERS.get(PurePosixPath(name).suffix.lower())
        return reader(content) if reader else "unknown"
    except Unreadable as refused:
        return str(refused)


@transaction.atomic
def bring_in(name: str, sent: bytes | BinaryIO, *, by: User) -> ArticleImport:
    """Everything new becomes a draft that the importer alone sees until they share it; whoever wrote it there is named as author."""
    run = ArticleImport.objects.create(name=name.strip()[:200] or "impor", by=by, at=clock.now())
    made: dict[str, int] = {}
    leading: list[str] = []
    for line, found in _judged(name, sent):
        run.report.append(asdict(line))
        if found is not None:
            article = start_article(Text(line.title, body=found.text), form=Article.Forms.GUIDE, by=by)
            ImportedArticle.objects.create(run=run, article=article, source=line.source)
            _keep_people_and_pictures(article, found, by)
            made[line.source] = article.pk
            leading += [line.source] if LINK.search(article.body) else []
    if not made:
        raise Refused(NOTHING_TO_IMPORT())
    run.save(update_fields=["report"])
    for source in leading:
        _lead_on(Article.objects.get(pk=made[source]), source, made)
    events.record(ArticlesImported(article_import=run.pk, count=len(made)), by=by)
    return run


def _lead_on(article: Article, source: str, made: Mapping[str, int]) -> None:
    """Links from one document of a folder to another lead to the article that became of it."""

    def place(link: re.Match[str]) -> str:
        found = made.get(_beside(source, link["to"]))
        return f"{link['before']}(/staff/knowledge/articles/{found})" if found else link[0]

    _say(article, LINK.sub(place, article.body))


def _keep_people_and_pictures(article: Article, found: Found, by: User) -> None:
    for person in found.people:
        credit(article, None, Parts.AUTHOR, by=by, name=person)
    body = article.body
    for n, picture in enumerate(found.pictures, 1):
        if uploads.kind_of(picture.content) and len(picture.content) <= LARGEST:
            kept = attach(article, name=PurePosixPath(picture.name).name, content=picture.content, by=by)
            body = body.replace(f"(lampiran:{n})", f"(/staff/knowledge/articles/{article.pk}/attachments/{kept.pk})")
    _say(article, body)


def _say(article: Article, body: str) -> None:
    """The text of an article that has just come in, with its addresses put right."""
    if body != article.body:
        Article.objects.filter(pk=article.pk).update(body=body)
        article.versions.update(body=body)
        article.body = body


@transaction.atomic
def undo_import(run: ArticleImport, *, by: User) -> tuple[int, int]:
    """Take the import back: articles nobody touched since go, the others stay. How many went, and how many stay."""
    current = ArticleImport.objects.select_for_update().get(pk=run.pk)
    if current.undone_at:
        raise Refused(ALREADY_UNDONE())
    rows = Article.objects.filter(arrival__run=current)
    untouched = rows.filter(
        version=1,
        state=Article.States.DRAFT,
        circle=Article.Circles.ME,
        remarks__isnull=True,
        uses__isnull=True,
        path_steps__isnull=True,
    )
    gone = list(untouched.distinct())
    kept = rows.count() - len(gone)
    for article in gone:
        for each in article.attachments.all():
            transaction.on_commit(lambda stored=each.stored_file: uploads.forget(stored))  # type: ignore[misc]
        finding.forget(article)
        article.delete()
    current.undone_at = clock.now()
    current.save(update_fields=["undone_at"])
    events.record(ArticleImportUndone(article_import=current.pk, removed=len(gone), kept=kept), by=by)
    return len(gone), kept
