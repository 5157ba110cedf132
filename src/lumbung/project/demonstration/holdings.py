"""The demonstration's records and their copies on the shelves."""

import random
from collections.abc import Callable

from lumbung.accounts.models import User
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Item, ItemType
from lumbung.organization.models import Branch, Location
from lumbung.project.demonstration.guides import guides
from lumbung.project.demonstration.marc import record_of
from lumbung.project.demonstration.titles import Title, titles

ALSO_IN_DENPASAR = 0.3
COPIES = {"textbook": (2, 6), "reading": (1, 4), "thesis": (1, 1), "serial": (1, 2), "audiovisual": (1, 2), "map": (1, 1)}
SHELVES = {
    "reference": "REF",
    "dictionary": "REF",
    "encyclopaedia": "REF",
    "serial": "SERIAL",
    "audiovisual": "AV",
    "map": "REF",
    "thesis": "TA",
}


def stock_shelves(chance: random.Random, *, by: User, say: Callable[[str], None]) -> list[Item]:
    """Add every title with its copies, and the two guides; returns the items, in the order in which they were added."""
    branches = {branch.code: branch for branch in Branch.objects.all()}
    locations = {(location.branch_id, location.code): location for location in Location.objects.all()}
    types = {item_type.code: item_type for item_type in ItemType.objects.all()}
    items: list[Item] = []
    for number, title in enumerate(titles(), start=1):
        marc = record_of(title, number)
        record = add_record(marc, by=by)
        for copy, branch in enumerate(_branches_of(title, branches, chance), start=1):
            items.append(
                add_item(
                    record,
                    barcode=f"B{len(items) + 1:07}",
                    branch=branch,
                    location=_location(title, branch, locations),
                    item_type=types[title.item_type],
                    call_number=call_number(title),
                    copy=f"k.{copy}",
                    accession_number=f"{len(items) + 1:05}/PUN/2026",
                    by=by,
                )
            )
        if number % 100 == 0:
            say(f"{number} judul")
    for guide in guides():
        add_record(guide, by=by)
    return items


def call_number(title: Title) -> str:
    """Class, the first three letters of the entry element, and the first letter of the title, as on Indonesian spine labels."""
    name = title.creators[0].removeprefix("@")
    element = "".join(letter for letter in name.split()[0 if "." not in name.split()[0] else -1] if letter.isalpha())
    first = next(letter for letter in title.title.lower() if letter.isalpha())
    return f"{title.classification} {element[:3].upper()} {first}"


def _branches_of(title: Title, branches: dict[str, Branch], chance: random.Random) -> list[Branch]:
    """Where the copies stand: most in the central library, health titles in the health faculty, some in Denpasar."""
    if title.material == "ebook":
        return []
    fewest, most = COPIES.get(title.item_type, (1, 1))
    home = "FIK" if title.classification.startswith("61") else "PUSAT"
    places = [home] * chance.randint(fewest, most)
    if title.item_type in ("textbook", "reading") and chance.random() < ALSO_IN_DENPASAR:
        places.append("BALI")
    return [branches[code] for code in places]


def _location(title: Title, branch: Branch, locations: dict[tuple[int, str], Location]) -> Location | None:
    shelf = SHELVES.get(title.item_type, "SASTRA" if title.classification.startswith(("8", "899")) else "UMUM")
    return locations.get((branch.pk, shelf)) or locations.get((branch.pk, "UMUM"))
