"""A cataloguer's large pieces of work, by processor time, so that busy neighbours count as little as they can: a heading carried into all
records under it and taken back, what looking for duplicates costs an import, a thousand labels. The floor of the heading is reading and
writing the same MARC without a database."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bench.plain_catalogue import catalogue
from bench.shape import Row, Scale
from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, entry_of, new_authority_marc, revised
from lumbung.catalogue.domain.authorities.establishing import add_authority, change_authority
from lumbung.catalogue.domain.authorities.rewriting import carry_out, take_back
from lumbung.catalogue.domain.authorities.undoing import undo_heading_change
from lumbung.catalogue.domain.imports import stretch
from lumbung.catalogue.domain.imports.matching import Rule
from lumbung.catalogue.domain.labels import sheets
from lumbung.catalogue.domain.labels.papers import PAPERS
from lumbung.catalogue.models import HeadingChange, Item, ItemType, Record
from lumbung.formats.marc import Field, dumps, from_json, to_iso2709, to_json
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import clock
from lumbung.organization.domain.branches import add_branch
from lumbung.organization.domain.library import set_up

RENAMED, IMPORTED, LABELS = 50_000, 10_000, 1_000
FASTEST_RENAME, DEAREST_MATCH, SLOWEST_LABELS = 1_000, 0.25, 10
OLD, NEW = "Toer, Pramudya Ananta", "Toer, Pramoedya Ananta, 1925-2006"


def run(scale: Scale) -> list[Row]:
    set_up(name="Perpustakaan", by=None)
    for code in ("PUSAT", "FTK", "FEB"):
        add_branch(code=code, name=code, by=None)
    ItemType.objects.get_or_create(code="BUKU", defaults={"name": "Buku"})
    return [*_matching(scale), *_headings(scale), _labels(scale)]


def _matching(scale: Scale) -> list[Row]:
    """Half of the titles are there already. What deciding on them takes is counted within the import itself."""
    count = scale.of(IMPORTED, quick=200)
    told = list(catalogue(count))
    _brought_in(told[: count // 2], imports.ImportOptions())
    deciding, spent = stretch.decide, [0.0]

    def timed(*given: Any) -> Any:
        began = time.process_time()
        decided = deciding(*given)
        spent[0] += time.process_time() - began
        return decided

    stretch.decide = timed
    try:
        whole = _taken(lambda: _brought_in(told, imports.ImportOptions(duplicates=Rule.SKIP, by_title=True)))
    finally:
        stretch.decide = deciding
    cost = spent[0] / (whole - spent[0])
    return [
        Row("impor, separuhnya ganda", count / whole, "judul/detik prosesor"),
        Row("mencari ganda saat impor", cost * 100, "% impor", bar="≤ 25 %", met=cost <= DEAREST_MATCH),
    ]


def _headings(scale: Scale) -> list[Row]:
    count = scale.of(RENAMED, quick=500)
    toer = add_authority(new_authority_marc(AuthorityEntry(heading=OLD)), by=None)
    _brought_in([_under_toer(each) for each in catalogue(count)], imports.ImportOptions())
    floor = _taken(lambda: [dumps(from_json(to_json(from_json(marc)))) for marc in _marcs()])
    made = revised(toer.marc_record, replace(entry_of(toer.marc_record), heading=NEW))
    change_authority(toer, made, version=1, by=None)
    change = HeadingChange.objects.get()
    carried = _taken(lambda: carry_out(change))
    undo_heading_change(change, by=None)
    back = _taken(lambda: take_back(HeadingChange.objects.get()))
    change.refresh_from_db()
    whole = change.records_changed == 0
    bar = "≥ 1.000/detik"
    return [
        Row(
            "tajuk diganti",
            count / carried,
            "judul/detik prosesor",
            floor=count / floor,
            ratio=floor / carried,
            bar=bar,
            met=count / carried >= FASTEST_RENAME,
        ),
        Row(
            "tajuk dikembalikan",
            count / back,
            "judul/detik prosesor",
            floor=count / floor,
            ratio=floor / back,
            bar="setiap judul",
            met=whole,
        ),
    ]


def _labels(scale: Scale) -> Row:
    count = scale.of(LABELS, quick=24)
    record = Record.objects.order_by("pk")[0]
    branch, kind = next(iter(record.items.all())).branch, ItemType.objects.get(code="BUKU")
    Item.objects.bulk_create(
        Item(
            record=record,
            barcode=f"L{n:06}",
            call_number=f"{n % 1000:03}.{n % 10} TOE b",
            branch=branch,
            held_at=branch,
            item_type=kind,
            added_at=clock.now(),
        )
        for n in range(count)
    )
    items = list(Item.objects.filter(barcode__startswith="L").select_related("record", "branch", "location", "item_type"))
    layout = sheets.Layout(kind=sheets.Kind.BOTH, paper=PAPERS["a4-24"][1])
    taken = _taken(lambda: sheets.as_pdf(items, layout))
    return Row(f"{count} label", taken, "detik prosesor", bar="≤ 10 detik", met=taken <= SLOWEST_LABELS)


def _marcs() -> list[dict[str, object]]:
    return list(Record.objects.filter(headings__label=OLD).values_list("marc", flat=True))


def _under_toer(marc: Marc) -> Marc:
    """The same under the heading, without number and copies, so that it is another title."""
    toer = Field("100", "1", " ", [("a", f"{OLD},"), ("e", "pengarang")])
    return Marc(marc.leader, [toer if each.tag == "100" else each for each in marc.fields if each.tag not in {"001", "952"}])


def _brought_in(marcs: list[Marc], options: imports.ImportOptions) -> None:
    begun = imports.start_import(
        io.BytesIO(b"".join(map(to_iso2709, marcs))), name="bench.mrc", by=None, options=options, dry_run=False
    )
    imports.run_import(begun)


def _taken(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
