"""Which command goes where: tools of the clone are run here, all others by the program in its own environment."""

import os
import sys
from collections.abc import Callable
from subprocess import run

from tools import checks, locks, tests, wheel
from tools.steps import PYTHON, ROOT, Trouble, compile_sources, prepare

TOOLS: dict[str, Callable[[list[str]], int]] = {
    "test": tests.run,
    "check": checks.run,
    "build": wheel.run,
    "lock": locks.run,
    "translations": lambda arguments: run([PYTHON, "-m", "tools.translations", *arguments], cwd=ROOT, check=False).returncode,
}

USAGE = {
    "test": "test [ARGUMEN PYTEST]\n\nMenjalankan semua uji, atau pytest dengan argumen itu (every test, or pytest with those arguments).",
    "check": f"check [NAMA …]\n\nMemeriksa semuanya atau yang disebut (all checks, or those named): {', '.join(checks.CHECKS)}.",
    "build": "build [FOLDER]\n\nMembuat paket (wheel) di dist/ atau di FOLDER (the wheel, in dist/ or in FOLDER).",
    "lock": "lock\n\nMenyusun ulang berkas kunci kebutuhan Python (compiles the lock files of the Python packages).",
    "translations": "translations [--write]\n\nMemeriksa bahasa Inggris tiap kalimat di layar; --write menambahkan yang baru\n"
    "(every sentence on screen has its English; --write adds new ones to the catalogues).",
}  # fmt: skip
HELP = {"--help", "-h"}


def main(arguments: list[str]) -> int:
    try:
        if arguments and arguments[0] in TOOLS:
            if HELP.intersection(arguments[1:]):
                print(f"./lumbung {USAGE[arguments[0]]}")
                return 0
            prepare(developer=True)
            compile_sources()
            return TOOLS[arguments[0]](arguments[1:])
        prepare(developer=False)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return trouble.exit_code
    except KeyboardInterrupt:
        return 130
    os.environ.setdefault("LUMBUNG_DATA", str(ROOT / "data"))
    if not arguments or arguments[0] in {"help", *HELP}:
        return _overview()
    # The program takes this process over, so that Ctrl-C, signals and exit codes are its own.
    return os.execv(PYTHON, [str(PYTHON), "-m", "lumbung", *arguments])


def _overview() -> int:
    """The commands of the program, then the tools of the clone."""
    code = run([PYTHON, "-m", "lumbung", "--help"], check=False).returncode
    print("\nKlon sumber (source clone)")
    for name, usage in USAGE.items():
        print(f"  {name:<14} {usage.split(chr(10), 2)[2].replace(chr(10), ' ')}")
    return code
