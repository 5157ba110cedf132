"""Whether words of one family meet and names in two spellings do, and how long it takes; the floor is splitting text at blanks.

Families and names by others are looked for beside the real collections (LUMBUNG_SHARED_DATA); without them our own are measured.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from bench.shape import Row, Scale
from lumbung.search.analysis import forms_of, name_keys, words_of, written
from lumbung.search.measuring import Measured, measured, measured_whole
from lumbung.search.words import indonesian
from lumbung.search.words.roots import root_by_rule, root_of

OWN = Path(__file__).parent.parent / "src" / "lumbung" / "search" / "tests" / "families.txt"
FEWEST_MEET, MOST_MERGE = 0.95, 0.01
LONGEST_QUERY = 0.001
QUERY = "pengembangan media pembelajaran berbasis digital untuk meningkatkan kemampuan membaca siswa sekolah dasar"


def run(scale: Scale) -> list[Row]:
    by_others = Path(os.environ.get("LUMBUNG_SHARED_DATA", "../shared/data")).parent / "context"
    families = by_others / "word-families.txt"
    rows = [row for part in measured(families if families.exists() else OWN) for row in _rows(part)]
    rows += _rows(measured_whole(OWN.with_name("families_held.txt")))
    names = by_others / "name-variants.tsv"
    if names.exists():
        rows.append(_names(names))
    return [*rows, *_times(scale)]


def _rows(part: Measured) -> list[Row]:
    where = {"tuned": "dipakai menyetel", "held back": "disisihkan untuk menguji", "held": "ditulis untuk menguji saja"}[
        part.part
    ]
    return [
        Row(
            f"kata sekeluarga bertemu ({part.families} keluarga {where})",
            part.recall * 100,
            "%",
            bar="≥ 95 %",
            met=part.recall >= FEWEST_MEET,
        ),
        Row(
            f"keluarga yang keliru bertemu ({part.families} keluarga {where})",
            part.false_merges * 100,
            "%",
            bar="≤ 1 %",
            met=part.false_merges <= MOST_MERGE,
        ),
    ]


def _names(file: Path) -> Row:
    pairs = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line]
    meet = sum(name_keys(one) == name_keys(other) for one, other in pairs) / len(pairs)
    return Row(f"nama dalam dua ejaan bertemu ({len(pairs)} pasang)", meet * 100, "%", bar="≥ 95 %", met=meet >= FEWEST_MEET)


def _times(scale: Scale) -> list[Row]:
    words = sorted(indonesian.roots())[: scale.of(20_000, quick=2_000)]
    affixed = [f"me{word}kan" for word in words]
    one = _took(lambda: [root_by_rule(word) for word in affixed]) / len(affixed)
    [words_of(QUERY), written(QUERY)]
    floor = min(_took(lambda: QUERY.split(" ")) for _ in range(200))
    for remembered in (forms_of, root_of):
        remembered.cache_clear()
    asked = _took(lambda: [forms_of(word) for word in words_of(QUERY)])
    again = min(_took(lambda: [forms_of(word) for word in words_of(QUERY)]) for _ in range(200))
    return [
        Row("akar satu kata yang belum dikenal", one * 1e6, "µs"),
        Row("analisis kueri 12 kata, pertama kali", asked * 1e6, "µs", bar="≤ 1.000 µs", met=asked <= LONGEST_QUERY),
        Row("analisis kueri 12 kata, sudah dikenal", again * 1e6, "µs", floor=floor * 1e6, ratio=again / floor),
    ]


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
