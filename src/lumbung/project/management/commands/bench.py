import ast
import json
import os
import platform
import subprocess
import sys
import tempfile
import timeit
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext, pgettext_lazy

from lumbung.kernel.ui.words import number
from lumbung.project.clone import clone

NOT_BENCHMARKS = {"__init__", "__main__", "shape"}
HEADINGS = (
    pgettext_lazy("bench", "ukuran"),
    pgettext_lazy("bench", "hasil"),
    pgettext_lazy("bench", "lantai"),
    pgettext_lazy("bench", "rasio"),
    pgettext_lazy("bench", "batas"),
    "",
)


class Command(BaseCommand):
    help = gettext_noop("Mengukur kecepatan terhadap lantai mentahnya dan mencetak satu tabel (hanya dari klon sumber).")
    group = "Pemeliharaan"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", metavar=_("NAMA"), help=_("satu ukuran saja; tanpa nama: semuanya"))
        size = parser.add_mutually_exclusive_group()
        size.add_argument("--quick", action="store_true", help=_("jumlah kecil, untuk melihat apakah ia berjalan"))
        told = _("bagian dari jumlah penuh, misalnya 0.1 (bawaan: 1)")
        size.add_argument("--share", type=_share, default=1.0, metavar=_("BAGIAN"), help=told)

    def handle(self, *, name: str | None, quick: bool, share: float, **options: Any) -> None:
        folder = clone() / "bench"
        names = _benchmarks(folder)
        if name and name not in names:
            said = _("Ukuran %(name)s tidak ada. Yang ada: %(names)s")
            raise CommandError(said % {"name": name, "names": ", ".join(names) or "–"})
        sizes = [str(share), *(["--quick"] if quick else [])]
        paces = [_pace()]
        lines: list[tuple[str, ...]] = []
        for each in [name] if name else names:
            lines += self._measured(each, folder.parent, sizes)
            paces.append(_pace())
        self.stdout.write(_table([tuple(map(str, HEADINGS)), *lines]))
        turns = _("Sejuta putaran kosong: %(paces)s ms") % {"paces": " ".join(map(_number, paces))}
        self.stdout.write(f"\n{_measured_on()}\n{turns}")

    def _measured(self, name: str, root: Path, sizes: Sequence[str]) -> list[tuple[str, ...]]:
        """Run one benchmark in a process and a data folder of its own; gives the lines of the table."""
        self.stderr.write(f"• {name} …")
        with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
            result = Path(folder) / "rows.json"
            environment = {
                **os.environ,
                "LUMBUNG_DATA": str(Path(folder) / "data"),
                "PYTHONPATH": os.pathsep.join([str(root), str(root / "src")]),
            }
            command = [sys.executable, "-m", "bench", name, str(result), *sizes]
            done = subprocess.run(command, env=environment, cwd=folder, check=False)  # noqa: S603 -- ours
            if done.returncode:
                return [(name, pgettext("bench", "gagal"), "", "", "", "✗")]
            return [_line(row) for row in json.loads(result.read_text(encoding="utf-8"))]


def _pace() -> float:
    """Milliseconds that a million turns of nothing take, the least of five times: how fast the machine is just now. A rented one may be
    half as fast an hour later."""
    return min(timeit.repeat("for _ in range(1_000_000): pass", repeat=5, number=1)) * 1000


def _measured_on() -> str:
    """What the figures depend on beside the program: a Python built without optimisation takes half as long again."""
    python = f"Python {platform.python_version()} ({platform.python_compiler()}, {Path(sys.executable).resolve()})"
    return f"{python}, " + _("prosesor: %(count)s") % {"count": os.cpu_count()}


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise ValueError(text)
    return share


def _benchmarks(folder: Path) -> list[str]:
    """The files that offer ``run``; others are helpers."""
    return sorted(path.stem for path in folder.glob("*.py") if path.stem not in NOT_BENCHMARKS and _offers_run(path))


def _offers_run(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body)


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    met = {True: "✓", False: "✗", None: ""}[row["met"]]
    floor = f"{_number(row['floor'])} {row['unit']}" if row["floor"] is not None else ""
    ratio = f"{row['ratio']:.2f}×" if row["ratio"] is not None else ""
    return row["what"], f"{_number(row['value'])} {row['unit']}", floor, ratio, row["bar"], met


def _number(value: float) -> str:
    """As the language writes it: in Indonesian a point for thousands, a comma for decimals."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 3  # noqa: PLR2004 -- three figures are enough to compare
    return number(value, digits)


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)
