"""The words of files: read page by page in the background, kept, and put into the index of pages."""

from collections.abc import Collection, Iterator

from django.db import transaction

from lumbung.digital.domain import store
from lumbung.digital.domain.documents import PRESSES, kind_of
from lumbung.digital.domain.recognising import with_words_of_scans
from lumbung.digital.events import WordsRead
from lumbung.digital.models import File, PageText, WordReading
from lumbung.formats.pages import PageWords, Unprintable
from lumbung.kernel import clock, events, jobs
from lumbung.kernel.moments import moment
from lumbung.search import domain as index
from lumbung.search.documents import Document
from lumbung.search.queries import Condition, condition

REACTION = "index_pages"
STRETCH = 200


def read_words(file: File) -> WordReading | None:
    """Read the words of a PDF or an EPUB and keep them, a stretch of pages at a time, telling how far it is. Nothing for other kinds.

    Goes on behind the last page kept where it was interrupted; what cannot be read is told and tried no more. Refuses while the store
    does not answer.
    """
    if (kind := kind_of(file.media_type)) is None:
        return None
    reading = _begin(file)
    try:
        with store.on_disk(file.sha256) as path, PRESSES.one() as press:
            for part, pages in press.words(path, kind):
                missing = [page for page in pages if page.number > reading.pages]
                for some in with_words_of_scans(missing, path, press) if kind == "pdf" else [missing]:
                    _keep(reading, some, part if some[-1:] == missing[-1:] else reading.part)
    except Unprintable as unprintable:
        return _stop(reading, unprintable.code)
    return _end(reading)


def _begin(file: File) -> WordReading:
    """The reading that was interrupted, or a new one."""
    if interrupted := WordReading.objects.filter(file=file, state=WordReading.States.READING).first():
        return interrupted
    fresh = {"state": WordReading.States.READING, "part": 0.0, "pages": 0, "empty_pages": 0, "problem": "", "at": clock.now()}
    return WordReading.objects.update_or_create(file=file, defaults=fresh)[0]


@transaction.atomic
def _keep(reading: WordReading, pages: Collection[PageWords], part: float) -> None:
    """Pages keep their keys when they are read again: the index knows them by these."""
    rows = [
        PageText(
            file_id=reading.file_id,
            number=page.number,
            label=page.label,
            href=page.href[:500],
            progression=page.progression,
            text=page.text,
        )
        for page in pages
    ]
    fields = ["label", "href", "progression", "text"]
    PageText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["file", "number"], update_fields=fields)
    reading.pages += len(rows)
    reading.empty_pages += sum(not row.text for row in rows)
    reading.part = max(reading.part, min(1.0, part))
    reading.save(update_fields=["pages", "empty_pages", "part"])


@transaction.atomic
def _stop(reading: WordReading, code: str) -> WordReading:
    reading.state, reading.problem, reading.at = WordReading.States.STOPPED, code, clock.now()
    reading.save(update_fields=["state", "problem", "at"])
    return reading


@transaction.atomic
def _end(reading: WordReading) -> WordReading:
    reading.state, reading.part, reading.at = WordReading.States.READ, 1.0, clock.now()
    reading.save(update_fields=["state", "part", "at"])
    File.objects.filter(pk=reading.file_id, pages__isnull=True, media_type="application/pdf").update(pages=reading.pages)
    events.record(WordsRead(file=reading.file_id, record=reading.file.record_id, pages=reading.pages), by=None)
    return reading


def refresh(files: Collection[int]) -> None:
    """Make the index of pages say of these files what the database says. Raises ``NotReady`` when it cannot be written now."""
    for documents in _documents(PageText.objects.filter(file__in=files).values_list("pk", flat=True)):
        index.index(documents, of=index.PAGES)
    index.commit(of=index.PAGES)


def rebuild() -> int:
    """Build the index of pages anew beside the old one; returns how many pages it holds."""
    count = 0
    with jobs.replayed(REACTION), index.rebuilding(of=index.PAGES) as add:
        for documents in _documents(PageText.objects.values_list("pk", flat=True)):
            add(documents)
            count += len(documents)
    return count


def repair() -> None:
    """Build the index of pages when there is none fit for use."""
    if condition(index.PAGES) is not Condition.READY:
        rebuild()


def rest() -> None:
    """Let go of the right to write."""
    index.rest(of=index.PAGES)


def _documents(keys: Collection[int]) -> Iterator[list[Document]]:
    """The pages with these keys as the index takes them in, some at a time."""
    ordered = sorted(keys)
    for first in range(0, len(ordered), STRETCH):
        read_at = moment()
        rows = PageText.objects.filter(pk__in=ordered[first : first + STRETCH]).values_list("pk", "text")
        yield [Document(key=key, texts={"note": (text,)}, facets={}, read_at=read_at) for key, text in rows]
