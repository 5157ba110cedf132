"""Where it is: the library's copies, and addresses (856)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lumbung.formats.marc.record import Record
from lumbung.formats.mods.reading import data
from lumbung.formats.xml_tree import Element, branch, leaf


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as MODS tells it."""

    place: str
    shelf: str = ""
    call_number: str = ""
    barcode: str = ""
    parts: str = ""
    note: str = ""


def locations(record: Record, copies: Sequence[Copy]) -> Iterator[Element]:
    for copy in copies:
        information = branch(
            "copyInformation",
            [
                leaf("subLocation", copy.shelf),
                leaf("shelfLocator", copy.call_number),
                leaf("note", copy.note),
                leaf("enumerationAndChronology", copy.parts),
                leaf("itemIdentifier", copy.barcode, type_="barcode"),
            ],
        )
        yield branch("location", [leaf("physicalLocation", copy.place), branch("holdingSimple", [information])])
    for at, each in enumerate(data(record, "856")):
        usage = "primary" if at == 0 and each.ind2 in {"0", "1"} else ""
        label = each.get("y") or each.get("3")
        yield branch("location", [leaf("url", each.get("u"), displayLabel=label, usage=usage, note=each.get("z"))])
