"""Records to measure with where no large catalogue is wanted: the same every time, and made here."""

import random
from collections.abc import Iterator

from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc

WORDS, NAMES, PLACES = 20_000, 8_000, 40
BRANCHES = ("PUSAT", "FTK", "FEB")


def catalogue(count: int) -> Iterator[Marc]:
    """Plausible records, the same every time: 17 fields, one or two copies, words and names as common as in life."""
    chance = random.Random(1908)
    words = [
        "".join(chance.choice(("ka", "ma", "ri", "tu", "ne", "lo", "sa", "be", "ng")) for _ in range(4)) for _ in range(WORDS)
    ]
    for number in range(count):
        title = " ".join(words[min(int(chance.paretovariate(0.7)), WORDS - 1)] for _ in range(7))
        name = f"{words[chance.randrange(NAMES)].title()}, {words[chance.randrange(NAMES)].title()}"
        year = 1960 + chance.randrange(65)
        copies = [
            Field(
                "952",
                subfields=[
                    ("a", chance.choice(BRANCHES)),
                    ("c", "UMUM"),
                    ("o", f"{number % 1000}"),
                    ("p", f"B{number}-{copy}"),
                    ("y", "BUKU"),
                ],
            )
            for copy in range(1 + number % 2)
        ]
        yield Marc(fields=[*_fields(number, title, name, year, words[chance.randrange(PLACES)].title()), *copies])


def _fields(number: int, title: str, name: str, year: int, place: str) -> list[Field]:
    return [
        Field("001", value=f"{number:09}"),
        Field("003", value="ID-LUMB"),
        Field("005", value="20200520090000.0"),
        Field("008", value=f"200520s{year}    io a     b    000 0 ind d"),
        Field("040", subfields=[("a", "ID-LUMB"), ("c", "ID-LUMB")]),
        Field("041", "0", subfields=[("a", "ind")]),
        Field("082", "0", "4", [("a", f"{number % 1000}.{number % 97}"), ("2", "23")]),
        Field("100", "1", subfields=[("a", name)]),
        Field("245", "1", "0", [("a", f"{title.capitalize()} /"), ("c", name)]),
        Field("264", " ", "1", [("a", f"{place} :"), ("b", f"Penerbit {place},"), ("c", str(year))]),
        Field("300", subfields=[("a", f"xii, {100 + number % 400} hlm. ;"), ("c", "21 cm")]),
        Field("336", subfields=[("a", "text"), ("b", "txt"), ("2", "rdacontent")]),
        Field("650", " ", "4", [("a", title.partition(" ")[0].title()), ("x", "Sejarah")]),
        Field("650", " ", "4", [("a", place)]),
        Field("700", "1", subfields=[("a", name[::-1].title())]),
    ]
