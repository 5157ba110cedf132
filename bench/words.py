"""Whether words of one family meet and names in two spellings do, and how long it takes; the floor is splitting text at blanks."""

import time
from collections.abc import Callable
from pathlib import Path

from bench.families import BY_OTHERS, FEWEST_MEET, family_rows
from bench.shape import Row, Scale
from lumbung.search.analysis import forms_of, name_keys, words_of, written
from lumbung.search.words import indonesian
from lumbung.search.words.roots import root_by_rule, root_of

LONGEST_QUERY = 0.001
QUERY = "pengembangan media pembelajaran berbasis digital untuk meningkatkan kemampuan membaca siswa sekolah dasar"


def run(scale: Scale) -> list[Row]:
    names = BY_OTHERS / "name-variants.tsv"
    return [*family_rows(), *([_names(names)] if names.exists() else []), *_times(scale)]


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
