"""How well the search answers, on either engine: judged queries over the titles of the demonstration library, asked as the search
page asks; words of families, asked one by one; and whether both engines give the same first page.

``relevance.tsv`` says what is right, ``relevance_titles.tsv`` adds titles the demonstration has not. Queries marked ``held``, ``fresh``
and ``given`` had no part in choosing weights; the bar stands on them and on all. Where OpenSearch cannot be run, it is said why.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.test.utils import override_settings

from bench.families import HELD, MEASURED, family_rows
from bench.shape import Row, Scale
from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.domain.works import work_key
from lumbung.circulation.queries import Availability
from lumbung.discovery.domain.documents import document_of
from lumbung.discovery.queries import answer
from lumbung.project.demonstration.marc import record_of
from lumbung.project.demonstration.titles import Title, titles, titles_in
from lumbung.search import domain as index
from lumbung.search.analysis import analyse
from lumbung.search.documents import Document, Query
from lumbung.search.domain.words import bring_in_built_in
from lumbung.search.measuring import families_in
from lumbung.search.queries import find
from tools import opensearch

EMBEDDED, CLUSTER = "tertanam", "OpenSearch"
QUERIES = Path(__file__).with_suffix(".tsv")
MORE_TITLES = Path(__file__).with_name("relevance_titles.tsv")
SHOWN = 10
BAR = 0.95


@dataclass(frozen=True)
class Judged:
    """One query: its ``part`` (see the file), its kind, and the keys of its right answers."""

    part: str
    kind: str
    words: str
    right: frozenset[int]

    def first_page(self) -> "FirstPage":
        """The keys of the titles shown, best first, each with those of its other editions."""
        found = answer(Query(self.words, size=SHOWN, facets=(), by_work=True), this_year=2026).found
        return [(key, *found.editions.get(key, ())) for key in found.keys]

    def place(self, page: "FirstPage") -> int | None:
        """At which place of the page, from 1, the first right answer stands; None when there is none."""
        return next((place for place, keys in enumerate(page, 1) if self.right & set(keys)), None)


FirstPage = Sequence[tuple[int, ...]]
Pages = Mapping[Judged, FirstPage]


def run(scale: Scale) -> list[Row]:
    library = judged_titles()
    bring_in_built_in()
    here, rows = _measured(EMBEDDED, library)
    try:
        with opensearch.cluster() as nodes, override_settings(SEARCH_URL=f"{nodes[0].url}/relevansi"):
            there, more = _measured(CLUSTER, library)
    except opensearch.NotHere as missing:
        print(f"  {CLUSTER} tidak diukur: {missing}", file=sys.stderr)
        return rows
    return [*rows, *more, _same(here, there)]


def _measured(engine: str, library: list[Title]) -> tuple[Pages, list[Row]]:
    """The first page of every judged query on the engine in use, and how good these are."""
    families = _families(engine)
    fill_index(library)
    pages = {judged: judged.first_page() for judged in judged_queries(library)}
    return pages, [*_judged(engine, {judged: judged.place(page) for judged, page in pages.items()}), *families]


def _judged(engine: str, places: Mapping[Judged, int | None]) -> list[Row]:
    for judged, place in places.items():
        if place is None or place > 5:
            print(f"  {engine} | {judged.part} | {judged.kind} | {judged.words} → {place or '–'}")
    rows = []
    sets = {
        "semua": list(places),
        "disimpan dari penyetelan": [each for each in places if each.part != "tune"],
        "baru": [each for each in places if each.part == "fresh"],
        "dari survei": [each for each in places if each.part == "given"],
    }
    for name, some in sets.items():
        which = f"relevansi, {engine}, {name} ({len(some)})"
        rows += [_success(which, [places[each] for each in some], within) for within in (1, 3, 5)]
        mean = sum(1 / place for each in some if (place := places[each])) / len(some)
        rows.append(Row(f"{which}, MRR", mean, ""))
    return rows


def _families(engine: str) -> list[Row]:
    """Every word of the families is a title of its own, and is asked for."""
    words = list(dict.fromkeys(word for file in (MEASURED, HELD) for family in families_in(file) for word in family))
    with index.rebuilding() as add:
        add(Document(key, {"title": [word], "creator": []}, {}) for key, word in enumerate(words, 1))
    found = {word: {words[key - 1] for key in find(Query(word, size=len(words), facets=())).keys} for word in words}
    return family_rows(lambda one, other: other in found[one], f"{engine}, ")


def _same(here: Pages, there: Pages) -> Row:
    """Of how many judged queries both engines show the same first page, title by title and edition by edition."""
    same = 0
    for judged, page in here.items():
        same += page == there[judged]
        if page != there[judged]:
            print(f"  {judged.words}: {EMBEDDED} {page}, {CLUSTER} {there[judged]}")
    what = f"halaman pertama yang sama pada kedua mesin, dari {len(here)} kueri"
    return Row(what, same, "kueri", bar="semuanya", met=same == len(here))


def _success(which: str, places: list[int | None], within: int) -> Row:
    share = sum(place is not None and place <= within for place in places) / len(places)
    bar = {"bar": f"≥ {BAR}", "met": share >= BAR} if within == 5 else {}
    return Row(f"{which}, sukses@{within}", share, "", **bar)


def judged_titles() -> list[Title]:
    """The titles the queries are asked of: those of the demonstration, and some more."""
    return [*titles(), *titles_in(MORE_TITLES.read_text(encoding="utf-8"))]


def fill_index(library: list[Title]) -> None:
    """Make the index of the demonstration's titles; a title's key is its place in the file."""
    added = datetime(2026, 1, 1, tzinfo=UTC)
    with index.rebuilding() as add:
        add(_document(title, key, added) for key, title in enumerate(library, 1))


def _document(title: Title, key: int, added: datetime) -> Document:
    said = describe(record_of(title, key))
    work = work_key(title=said.title, creator=said.creator, material=said.material)
    return document_of(key, said, Availability(), [], added=added, hidden=False, work=work)


def judged_queries(library: list[Title]) -> Iterator[Judged]:
    """Every judged query. Raises ValueError for a title that is not in the library: a slip in the file."""
    for line in QUERIES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            part, kind, words, right = line.split("|")
            yield Judged(part, kind, words, frozenset(key for each in right.split(";") for key in _keys(each, library)))


def _keys(judged: str, library: list[Title]) -> list[int]:
    proper, _, creator = judged.partition(" / ")
    asked = set(analyse(creator).folded)
    keys = [
        key
        for key, title in enumerate(library, 1)
        if title.title.partition(":")[0].strip() == proper.strip()
        and asked <= {token for name in title.creators for token in analyse(name).folded}
    ]
    if not keys:
        raise ValueError(f"no title {judged!r} in the demonstration library")
    return keys
