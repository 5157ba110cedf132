"""The course of a folder or a wiki that comes in: kept, looked through, stored as drafts with everybody's credit, taken back as a whole.

All of it is done by stretches that go on where they were left. Each commits what it did with how far it got, so that a process killed
at any moment leaves an import that continues exactly there; what is held is one stretch, and the titles there are.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models import User
from lumbung.formats.prose.markdown import LONGEST
from lumbung.formats.prose.reading import Found, Unreadable
from lumbung.kernel import clock, events, retention, uploads
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.articles import leading
from lumbung.knowledge.domain.articles.documents import Document, documents
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.events.arrivals import ArticleImportUndone, ArticlesImported
from lumbung.knowledge.models import Article, ArticleImport, ImportedDocument
from lumbung.knowledge.refusals.articles import (
    ALREADY_UNDONE,
    IMPORT_ELSEWHERE,
    IMPORT_EMPTY,
    IMPORT_LARGE,
    IMPORT_OF_ANOTHER,
    IMPORT_UNDER_WAY,
    NOTHING_TO_IMPORT,
)

States, Fates = ArticleImport.States, ImportedDocument.Fates
LARGEST = 2 << 30
Part = TypeVar("Part")
STRETCH, STRETCH_BYTES = 50, 4 << 20
LONGEST_SOURCE = 300
FOLDER = "article-imports"
TERM = retention.declare(
    retention.Term("article_imports", _("Berkas wiki atau folder yang dibaca lalu tidak disimpan"), _("dihapus"), 30)
)


def open_import(path: Path, *, name: str, by: User) -> ArticleImport:
    """Keep the file at ``path``, to be looked through. Refuses an empty one, and one of more than ``LARGEST`` bytes."""
    size = path.stat().st_size
    if not size:
        raise Refused(IMPORT_EMPTY())
    if size > LARGEST:
        raise Refused(IMPORT_LARGE(megabytes=LARGEST >> 20))
    with path.open("rb") as file:
        stored = default_storage.save(f"{FOLDER}/{clock.now():%Y%m%d%H%M%S}.bin", File(file))
    told = name.replace("\0", "").strip()[:200] or "impor"
    return ArticleImport.objects.create(name=told, stored_file=stored, size=size, by=by, at=clock.now())


def try_out(run: ArticleImport) -> ArticleImport:
    """Say of each document what would become of it, without storing it. Refuses what another process does or has done."""
    taken = _titles(run.documents.filter(fate=Fates.NEW).values_list("title", flat=True).iterator())
    seen = set(run.documents.values_list("source", flat=True).iterator())
    judged = (((_judged(run, n, document, taken, seen), document.at), 0) for n, document in _left(run))
    for some in _stretches(judged):
        with transaction.atomic():
            _in_hand(run, States.TRYING)
            lines = [line for line, _at in some]
            ImportedDocument.objects.bulk_create(lines)
            for line in lines:
                setattr(run, line.fate, getattr(run, line.fate) + 1)
            run.done, run.read = lines[-1].position, max(run.read, *(at for _line, at in some))
            run.save(update_fields=["done", "read", *Fates.values])
    with transaction.atomic():
        _in_hand(run, States.TRYING)
        run.state, run.total, run.read = States.TRIED, run.done, run.size
        run.save(update_fields=["state", "total", "read"])
    return run


@transaction.atomic
def start(run: ArticleImport, *, by: User) -> ArticleImport:
    """Begin to store what was looked through. Refuses where nothing of it is new, and what another hand began meanwhile.

    The drafts become those of whoever brought the file, so nobody else may.
    """
    current = ArticleImport.objects.select_for_update().get(pk=run.pk)
    if current.by_id != by.pk:
        raise Refused(IMPORT_OF_ANOTHER(name=current.by.name))
    if current.state != States.TRIED:
        raise Refused(IMPORT_UNDER_WAY(state=current.get_state_display()))
    if not current.new:
        raise Refused(NOTHING_TO_IMPORT())
    current.state, current.done = States.RUNNING, 0
    current.save(update_fields=["state", "done"])
    return current


def carry_out(run: ArticleImport) -> ArticleImport:
    """Everything new becomes a draft that the importer alone sees until they share it; whoever wrote it there is named as author.

    Refuses what another process does, or somebody has taken back meanwhile.
    """
    taken = _titles()
    for some in _stretches(_to_store(run)):
        with transaction.atomic():
            _in_hand(run, States.RUNNING)
            _store(run, dict(some), taken)
            run.done = some[-1][0]
            run.save(update_fields=["done", "came", *Fates.values])
    while leading.lead_on(run, _in_hand, STRETCH):
        pass
    with transaction.atomic():
        _in_hand(run, States.RUNNING)
        kept, run.stored_file, run.state = run.stored_file, "", States.FINISHED
        run.save(update_fields=["state", "stored_file"])
        events.record(ArticlesImported(article_import=run.pk, count=run.came), by=run.by)
        transaction.on_commit(lambda: uploads.forget(kept))
    return run


@transaction.atomic
def begin_undoing(run: ArticleImport) -> ArticleImport:
    """Have the import taken back, also while it is being stored. Refuses one that was taken back, or of which nothing is stored.

    Of one whose taking back has begun, and may have come to a halt, it is gone on with where it was left.
    """
    current = ArticleImport.objects.select_for_update().get(pk=run.pk)
    if current.state == States.UNDOING:
        return current
    if current.state == States.UNDONE:
        raise Refused(ALREADY_UNDONE())
    if current.state not in {States.RUNNING, States.FINISHED}:
        raise Refused(IMPORT_UNDER_WAY(state=current.get_state_display()))
    current.state, current.done = States.UNDOING, 0
    current.save(update_fields=["state", "done"])
    return current


def undo(run: ArticleImport, *, by: User | None) -> ArticleImport:
    """Take the import back: articles nobody touched since go, the others stay. Refuses what another process does or has done."""
    made = run.documents.filter(article__isnull=False)
    while some := list(made.filter(position__gt=run.done)[:STRETCH]):
        with transaction.atomic():
            _in_hand(run, States.UNDOING)
            run.removed += _take_back([line.article_id for line in some if line.article_id])
            run.done = some[-1].position
            run.save(update_fields=["done", "removed"])
    with transaction.atomic():
        _in_hand(run, States.UNDOING)
        kept, run.stored_file = run.stored_file, ""
        run.state, run.undone_at, run.done = States.UNDONE, clock.now(), run.total
        run.save(update_fields=["state", "undone_at", "done", "stored_file"])
        events.record(ArticleImportUndone(article_import=run.pk, removed=run.removed, kept=run.came - run.removed), by=by)
        transaction.on_commit(lambda: uploads.forget(kept))
    return run


@transaction.atomic
def discard(run: ArticleImport) -> None:
    """Forget an import of which nothing was stored, with its file. Refuses any other."""
    current = ArticleImport.objects.select_for_update().get(pk=run.pk)
    if current.state not in {States.TRYING, States.TRIED}:
        raise Refused(IMPORT_UNDER_WAY(state=current.get_state_display()))
    kept = current.stored_file
    current.delete()
    transaction.on_commit(lambda: uploads.forget(kept))


def forget_old_imports() -> int:
    """Forget imports that were looked through long ago and never stored; how many. For the nightly job."""
    left = {"state__in": (States.TRYING, States.TRIED), "at__lt": clock.now() - retention.kept_for(TERM)}
    old = list(ArticleImport.objects.filter(**left))
    for run in old:
        discard(run)
    return len(old)


def _titles(also: Iterable[str] = ()) -> set[str]:
    return {title.casefold() for title in chain(Article.objects.values_list("title", flat=True).iterator(), also)}


def _left(run: ArticleImport) -> Iterator[tuple[int, Document]]:
    """The documents that are still to be done, each with its number. They are passed over unread until then."""
    with default_storage.open(run.stored_file, "rb") as file:
        for n, document in enumerate(documents(run.name, cast(BinaryIO, file.file)), 1):
            if n > run.done:
                yield n, document


def _stretches(parts: Iterable[tuple[Part, int]]) -> Iterator[list[Part]]:
    """Some at a time: so few, and of so few bytes (their second), that they do not fill the memory."""
    some: list[Part] = []
    weight = 0
    for part, weighs in parts:
        some.append(part)
        weight += weighs
        if len(some) == STRETCH or weight >= STRETCH_BYTES:
            yield some
            some, weight = [], 0
    if some:
        yield some


def _in_hand(run: ArticleImport, state: str) -> None:
    """Lock the import. Refuses where it is not in this state, or as far, any more: somebody else has it in hand."""
    if ArticleImport.objects.select_for_update().filter(pk=run.pk, state=state, done=run.done).first() is None:
        raise Refused(IMPORT_ELSEWHERE())


def _judged(run: ArticleImport, n: int, document: Document, taken: set[str], seen: set[str]) -> ImportedDocument:
    line = ImportedDocument(run=run, position=n, source=_once(document.source, seen), fate=Fates.UNREAD)
    try:
        found = document.read()
    except Unreadable as refused:
        line.because = str(refused)
        return line
    title = found.title or PurePosixPath(line.source).stem.replace("_", " ").replace("-", " ")
    line.title = " ".join(title.replace("\0", "").split())[:200]
    line.left_out = [each.replace("\0", "") for each in found.left_out]
    if not found.text.strip() or not line.title:
        line.because = "empty"
    elif len(found.text) > LONGEST:
        line.because = "too_large"
    else:
        line.fate = Fates.SAME if line.title.casefold() in taken else Fates.NEW
        taken.add(line.title.casefold())
    return line


def _once(source: str, seen: set[str]) -> str:
    """The name of the source, told apart from an earlier one of the same name: an archive may hold a path twice."""
    source = source.replace("\0", "")
    told, n = source[:LONGEST_SOURCE], 1
    while told in seen:
        n += 1
        told = f"{source[: LONGEST_SOURCE - 8]} ({n})"
    seen.add(told)
    return told


def _to_store(run: ArticleImport) -> Iterator[tuple[tuple[int, Found | None], int]]:
    """Every document that is still to be done, with what it says where it was new."""
    new = set(run.documents.filter(fate=Fates.NEW, position__gt=run.done).values_list("position", flat=True).iterator())
    for n, document in _left(run):
        found = document.read() if n in new else None
        yield (n, found), len(found.text) + sum(len(each.content) for each in found.pictures) if found else 0


def _store(run: ArticleImport, some: dict[int, Found | None], taken: set[str]) -> None:
    for line in run.documents.filter(position__in=[n for n, found in some.items() if found is not None]):
        found = cast(Found, some[line.position])
        line.run = run
        try:
            with transaction.atomic():
                made = None if line.title.casefold() in taken else _article_of(line, found)
        except Refused as refused:
            line.fate, line.because, made = Fates.UNREAD, refused.codes[0][:20], None
        else:
            line.fate = Fates.NEW if made else Fates.SAME
        taken.add(line.title.casefold())
        line.article_id = made.pk if made else None  # the two would hold one another, and so the text, in memory
        line.save()
        if made:
            run.came += 1
        else:
            run.new -= 1
            setattr(run, line.fate, getattr(run, line.fate) + 1)


def _article_of(line: ImportedDocument, found: Found) -> Article:
    by, body = line.run.by, found.text.replace("\0", "")
    article = start_article(Text(line.title, body=body), form=Article.Forms.GUIDE, by=by)
    leading.keep_people_and_pictures(article, found, by)
    line.leads_on = leading.leads_on(article.body)
    return article


def _take_back(keys: list[int]) -> int:
    """Of these articles those go that nobody touched; how many."""
    untouched = Article.objects.filter(
        pk__in=keys,
        version=1,
        state=Article.States.DRAFT,
        circle=Article.Circles.ME,
        remarks__isnull=True,
        uses__isnull=True,
        path_steps__isnull=True,
    ).prefetch_related("attachments")
    gone = list(untouched.distinct())
    for article in gone:
        for each in article.attachments.all():
            transaction.on_commit(lambda stored=each.stored_file: uploads.forget(stored))  # type: ignore[misc]
        finding.forget(article)
        article.delete()
    return len(gone)
