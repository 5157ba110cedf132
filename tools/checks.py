"""``./lumbung check``: style, types, imports, migrations, translations, documents. All are run; the summary tells which failed."""

import subprocess
import sys
import time
from collections.abc import Sequence

from tools.steps import PYTHON, ROOT, environment

CHECKS: dict[str, Sequence[str]] = {
    "format": ["ruff", "format", "--check", "-q", "."],
    "style": ["ruff", "check", "-q", "."],
    "imports": ["lint-imports"],
    "types": ["mypy"],
    "settings": [str(PYTHON), "-m", "lumbung", "check"],
    "migrations": [str(PYTHON), "-m", "lumbung", "makemigrations", "--check", "--dry-run"],
    "translations": [str(PYTHON), "-m", "tools.translations"],
    "documents": [str(PYTHON), "-m", "pytest", "-q", "tests/docs"],
    "browser types": ["npm", "run", "-s", "check"],
}


def run(arguments: list[str]) -> int:
    """Run the named checks, or all. Exit code 0 when all hold, 1 when one does not, 2 for a name that is none of them."""
    if unknown := set(arguments) - CHECKS.keys():
        print(f"Tidak dikenal (unknown): {', '.join(sorted(unknown))}. Ada (there are): {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    failed = [name for name in (arguments or CHECKS) if not _holds(name)]
    print(f"\n{'✗ ' + ', '.join(failed) if failed else '✓ semua pemeriksaan lulus (all checks hold)'}")
    return 1 if failed else 0


def _holds(name: str) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(f"{'✗' if done.returncode else '✓'} {name:<14} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0
