"""Finding inside: pages of files that have the words, as far as the asker may read them. Nobody sees a word of what they may not read."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lumbung.digital.models import File, PageText
from lumbung.digital.queries.access import Asker, access_to
from lumbung.digital.queries.files import grouped, titled
from lumbung.kernel.remembered import remembered
from lumbung.search.marking import Piece, excerpt
from lumbung.search.queries import best_pages, pages_among

DEEPEST = 300
OF_ONE_FILE = 3
MOST_IN_A_FILE = 200


@dataclass(frozen=True)
class PageHit:
    """A page that has the words: which, of which file, and the words around them."""

    file: File
    number: int
    label: str
    href: str
    progression: float
    pieces: Sequence[Piece]

    @property
    def shown_number(self) -> str:
        """What the page calls itself, or its number."""
        return self.label or str(self.number)


@remembered(seconds=60)
def there_are_pages() -> bool:
    """Whether the words of any file are known."""
    return PageText.objects.exists()


def find_inside(words: str, asker: Asker, *, limit: int = 5) -> list[PageHit]:
    """The best pages of all files that this asker may read, at most OF_ONE_FILE of each. Raises ``NotReady`` when nothing can be asked."""
    if not words.strip() or not there_are_pages():
        return []
    keys = best_pages(words, DEEPEST)
    owners = dict(PageText.objects.filter(pk__in=keys).values_list("pk", "file_id"))
    files = _readable({*owners.values()}, asker)
    shown: list[int] = []
    of_file = Counter[int]()
    for key in keys:
        file = owners.get(key, 0)
        if file in files and of_file[file] < OF_ONE_FILE and len(shown) < limit:
            of_file[file] += 1
            shown.append(key)
    return _hits(shown, files, words)


def find_in(file: File, words: str) -> list[PageHit]:
    """The pages of one file that have the words, in their order. Whether the asker may read it has been decided. Raises ``NotReady``."""
    if not words.strip():
        return []
    keys = list(PageText.objects.filter(file=file).order_by("number").values_list("pk", flat=True))
    found = pages_among(words, keys)
    return _hits([key for key in keys if key in found][:MOST_IN_A_FILE], {file.pk: file}, words)


def _readable(keys: Collection[int], asker: Asker) -> dict[int, File]:
    files = grouped(titled().filter(pk__in=keys, replaced_by__isnull=True))
    return {file.pk: file for file in files if access_to(file, asker).may_read}


def _hits(keys: Sequence[int], files: dict[int, File], words: str) -> list[PageHit]:
    rows = PageText.objects.in_bulk(keys)
    return [
        PageHit(files[row.file_id], row.number, row.label, row.href, row.progression, excerpt(row.text, words))
        for key in keys
        if (row := rows.get(key)) is not None
    ]


def page_text(file: File, number: int) -> PageText | None:
    """The words of one page; None where they are not known."""
    return PageText.objects.filter(file=file, number=number).first()
