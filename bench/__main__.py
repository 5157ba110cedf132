"""``python -m bench NAME RESULT SHARE [--quick]``: one benchmark in a process and a data folder of its own; writes its rows as JSON."""

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

import django
from django.core.management import call_command

from bench.shape import Scale


def main(name: str, result: str, share: str, *options: str) -> None:
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    benchmark = importlib.import_module(f"bench.{name}")
    work = Path(result).parent / "work"
    work.mkdir()
    rows = benchmark.run(Scale(quick="--quick" in options, work=work, share=float(share)))
    Path(result).write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
