"""Which command goes where: tools of the clone are run here, all others by the program in its own environment."""

import os
import sys
from collections.abc import Callable
from subprocess import run

from tools import checks, locks, tests, wheel
from tools.steps import PYTHON, ROOT, Trouble, prepare

TOOLS: dict[str, Callable[[list[str]], int]] = {
    "test": tests.run,
    "check": checks.run,
    "build": wheel.run,
    "lock": locks.run,
    "translations": lambda arguments: run([PYTHON, "-m", "tools.translations", *arguments], cwd=ROOT, check=False).returncode,
}


def main(arguments: list[str]) -> int:
    try:
        if arguments and arguments[0] in TOOLS:
            prepare(developer=True)
            return TOOLS[arguments[0]](arguments[1:])
        prepare(developer=False)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return trouble.exit_code
    except KeyboardInterrupt:
        return 130
    # The program takes this process over, so that Ctrl-C, signals and exit codes are its own.
    os.environ.setdefault("LUMBUNG_DATA", str(ROOT / "data"))
    return os.execv(PYTHON, [str(PYTHON), "-m", "lumbung", *arguments])
