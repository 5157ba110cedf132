"""Laying labels out on sheets: what each says, where the first stands, as PDF or as pictures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from lumbung.catalogue.domain.labels.papers import Paper
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import same_volume, volume_of
from lumbung.kernel import typesetting
from lumbung.kernel.ui.bars import Bars, picture
from lumbung.kernel.ui.covers import COLOURS, hundred
from lumbung.organization import queries as organization

LARGEST, SMALLEST = 15.0, 5.5
BAND = 0.22
POINTS = 2.83
SPINE_OF_BOTH = 0.36
LETTERS_A_MILLIMETRE = 0.8


class Kind(StrEnum):
    SPINE = "spine"
    BARCODE = "barcode"
    BOTH = "both"
    POCKET = "pocket"
    CARD = "card"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """``start`` is the place of the first label, from 1, on a sheet of which some were used; shifts are in millimetres."""

    kind: Kind
    paper: Paper
    bars: Bars = Bars.CODE_128
    start: int = 1
    shift_right: float = 0
    shift_down: float = 0
    outlines: bool = False

    def from_the_first(self) -> "Layout":
        """The same on fresh sheets."""
        return replace(self, start=1)


def stored(layout: Layout) -> dict[str, Any]:
    """As plain values, for ``layout_of``."""
    return asdict(layout)


def layout_of(told: Mapping[str, Any]) -> Layout:
    """The layout that ``stored`` wrote."""
    return Layout(**{**told, "kind": Kind(told["kind"]), "paper": Paper(**told["paper"]), "bars": Bars(told["bars"])})


def as_pdf(items: Sequence[Item], layout: Layout) -> bytes:
    """Every label, on as many sheets as they need. Items need their record and places at hand."""
    return typesetting.pdf(_source(), _data(items, layout))


def as_pictures(items: Sequence[Item], layout: Layout, *, sheets: int = 1) -> list[bytes]:
    """The first sheets as PNG, with the outline of every label."""
    room = layout.paper.places * sheets - (layout.start - 1)
    return typesetting.pages(_source(), {**_data(items[:room], layout), "outlines": True}, ppi=80)


def sheet_count(items: int, layout: Layout) -> int:
    return -(-(items + layout.start - 1) // layout.paper.places) if items else 0


def _source() -> str:
    return files(__package__).joinpath("sheet.typ").read_text(encoding="utf-8")


def _data(items: Sequence[Item], layout: Layout) -> dict[str, Any]:
    paper, library = layout.paper, organization.library()
    labels = [_label(item, layout) for item in items]
    if layout.kind is Kind.CARD:
        told = Record.objects.in_bulk({item.record_id for item in items})
        for item, label in zip(items, labels, strict=True):
            label.update(_card(entry_of(told[item.record_id].marc_record)))
    placed = list(enumerate(labels, layout.start - 1))
    ends = range(paper.places, len(labels) + layout.start - 1 + paper.places, paper.places)
    sheets = [[(at % paper.places, label) for at, label in placed if end - paper.places <= at < end] for end in ends]
    return {
        "kind": layout.kind.value,
        "paper": {name: getattr(paper, name) for name in Paper.__dataclass_fields__},
        "library": library.short_name or library.name,
        "shift": {"x": layout.shift_right, "y": layout.shift_down},
        "outlines": layout.outlines,
        "words": {"accession": _("No. induk"), "due": _("Tanggal kembali")},
        "sheets": [sheet for sheet in sheets if sheet],
    }


def _label(item: Item, layout: Layout) -> dict[str, Any]:
    paper = layout.paper
    lines = [*item.call_number.split(), *_volume_lines(item), *item.copy.split()] or ["–"]
    width = paper.label_width * (SPINE_OF_BOTH if layout.kind is Kind.BOTH else 1)
    longest = max(map(len, lines))
    high, wide = paper.label_height * (1 - BAND) * POINTS / (len(lines) * 1.35), (width - 2) * POINTS / (longest * 0.68)
    return {
        "lines": lines,
        "size": max(min(LARGEST, high, wide), SMALLEST),
        "colour": COLOURS[hundred(item.call_number.lstrip("RrSsKkTtAa ") or item.record.classification)],
        "title": item.record.title,
        "line": _cut(
            item.record.title,
            int(paper.label_width * (1 - SPINE_OF_BOTH if layout.kind is Kind.BOTH else 1) * LETTERS_A_MILLIMETRE),
        ),
        "creator": item.record.creator,
        "barcode": item.barcode,
        "accession": item.accession_number,
        "code": picture(item.barcode, layout.bars),
    }


def _volume_lines(item: Item) -> list[str]:
    """The volume under the call number, a caption and its number in one line ("Jil. 2", "bag. 1"); not twice where the number says it."""
    if not item.volume or same_volume(volume_of(item.call_number), item.volume_told):
        return []
    return re.findall(r"[^\W\d_]+\.?\s*\d+|\S+", item.volume.replace(",", " "))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _card(entry: SimpleEntry) -> dict[str, Any]:
    """The description as cards have it (ISBD): areas apart by a full stop and a dash, then what else it is filed under."""
    title = " : ".join(filter(None, (entry.title, entry.subtitle)))
    imprint = ", ".join(filter(None, (" : ".join(filter(None, (entry.place, entry.publisher))), entry.year)))
    body = ". — ".join(filter(None, (" / ".join(filter(None, (title, entry.responsibility))), entry.edition, imprint)))
    size = " ; ".join(filter(None, (" : ".join(filter(None, (entry.extent, entry.details))), entry.dimensions)))
    extent = ". — ".join(filter(None, (size, *(f"({each})" for each in entry.series))))
    numbers = [f"ISBN {each}" for each in entry.isbn] + [f"ISSN {each}" for each in entry.issn]
    subjects = [f"{number}. {subject}" for number, subject in enumerate(entry.subjects, 1)]
    added = [
        _("Judul"),
        *entry.people[1:],
        *entry.bodies[0 if entry.people else 1 :],
        *(_("Seri") for _each in entry.series[:1]),
    ]
    roman = [f"{numeral}. {name}" for numeral, name in zip(("I", "II", "III", "IV", "V", "VI"), added, strict=False)]
    return {"description": [each for each in (body, extent, *numbers) if each], "tracings": "  ".join([*subjects, *roman])}
