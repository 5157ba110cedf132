"""Large catalogues to measure with: plausible records, the same every time, written by a program that is not part of the project."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAKER = Path(os.environ.get("LUMBUNG_MAKE_CATALOGUE", ROOT / ".." / "shared" / "tools" / "make_catalogue.py"))


@dataclass(frozen=True)
class MadeCatalogue:
    """``marc`` is the file to import; ``queries`` is a fixed sample of what people type."""

    marc: Path
    queries: list[str]


def made_catalogue(records: int, folder: Path) -> MadeCatalogue:
    """Make a catalogue of so many records in the folder. Exits with a sentence when the maker is not there."""
    if not MAKER.is_file():
        sys.exit(f"make_catalogue.py is not at {MAKER}; say where it is in LUMBUNG_MAKE_CATALOGUE")
    made = [sys.executable, str(MAKER), "--n", str(records), "--out", str(folder), "--marc", "--members", "200", "--loans", "0"]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    return MadeCatalogue(folder / "biblio.mrc", [text for _, text in told["mix"]])
