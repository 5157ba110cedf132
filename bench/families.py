"""Whether words of one family meet, and no others. Families and names by others are looked for beside the real collections
(LUMBUNG_SHARED_DATA); without them our own are measured."""

import os
from pathlib import Path

from bench.shape import Row
from lumbung.search.measuring import Measured, Meet, measured, measured_whole, of_one_root

ROOT = Path(__file__).resolve().parent.parent
BY_OTHERS = Path(os.environ.get("LUMBUNG_SHARED_DATA", ROOT / ".." / "shared" / "data")).parent / "context"
GIVEN = BY_OTHERS / "word-families.txt"
OWN = ROOT / "src" / "lumbung" / "search" / "tests" / "families.txt"
MEASURED = GIVEN if GIVEN.exists() else OWN
HELD = OWN.with_name("families_held.txt")
FEWEST_MEET, MOST_MERGE = 0.95, 0.01
PARTS = {"tuned": "dipakai menyetel", "held back": "disisihkan untuk menguji", "held": "ditulis untuk menguji saja"}


def family_rows(meet: Meet = of_one_root, where: str = "") -> list[Row]:
    """How well the families meet, where ``meet`` tells whether two words do; ``where`` they do is said before each row."""
    parts = [*measured(MEASURED, meet), measured_whole(HELD, meet)]
    return [row for part in parts for row in _rows(part, where)]


def _rows(part: Measured, where: str) -> list[Row]:
    which = f"({part.families} keluarga {PARTS[part.part]})"
    recall, merges = part.recall, part.false_merges
    return [
        Row(f"{where}kata sekeluarga bertemu {which}", recall * 100, "%", bar="≥ 95 %", met=recall >= FEWEST_MEET),
        Row(f"{where}keluarga yang keliru bertemu {which}", merges * 100, "%", bar="≤ 1 %", met=merges <= MOST_MERGE),
    ]
