"""``./lumbung test``: every test there is. What cannot run here is named at the end, with the reason."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tools import opensearch, postgres
from tools.steps import PYTHON, ROOT, environment

PYTEST = [str(PYTHON), "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-p", "no:cacheprovider"]
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""pytest compiles every test in its own way, which takes as long as collecting them: kept from one run for the next."""

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Summary:
    """What ran, how long it took, and what was left out."""

    ran: list[tuple[str, bool, float]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def run(self, name: str, command: Sequence[str], **settings: str) -> None:
        print(f"\n── {name} ──", flush=True)
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment(**COMPILED, **settings), check=False)
        self.ran.append((name, done.returncode == 0, time.monotonic() - began))

    @property
    def failed(self) -> bool:
        return not all(passed for _, passed, _ in self.ran)

    def __str__(self) -> str:
        lines = ["", "── ringkasan (summary) ──"]
        lines += [f"{'✓' if passed else '✗'} {name:<34} {seconds:6.1f} s" for name, passed, seconds in self.ran]
        lines += [f"– dilewati (skipped): {reason}" for reason in self.skipped]
        return "\n".join(lines)


def run(arguments: list[str]) -> int:
    """With arguments: pytest with those, on SQLite. Without: everything. Exit code 0 when all passed, 1 otherwise."""
    if arguments:
        return subprocess.run([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=environment(), check=False).returncode
    summary = Summary()
    summary.run("islands: types", ["npm", "run", "-s", "check"])
    summary.run("islands: tests", ["npm", "test", "-s"])
    if not any(shutil.which(name) for name in CHROMIUM):
        summary.skipped.append("browser tests: no Chromium here (Debian: apt install chromium)")
    with _opensearch(summary) as search:
        summary.run("SQLite, stories, browser, architecture", [*PYTEST, "-rs"], **search)
        with _postgres(summary) as url:
            if url:
                some = ["src", "tests/stories", "-m", "database and not browser and not process"]
                summary.run("PostgreSQL", [*PYTEST, *some], LUMBUNG_DATABASE_URL=url, **search)
    print(summary)
    return 1 if summary.failed else 0


@contextlib.contextmanager
def _opensearch(summary: Summary) -> Iterator[dict[str, str]]:
    """One node for all tests; gives the setting that tells them of it."""
    with contextlib.ExitStack() as stack:
        try:
            nodes = stack.enter_context(opensearch.cluster())
        except opensearch.NotHere as missing:
            summary.skipped.append(str(missing))
            yield {}
        else:
            yield {"LUMBUNG_TEST_SEARCH_URL": nodes[0].url}


@contextlib.contextmanager
def _postgres(summary: Summary) -> Iterator[str | None]:
    binaries = postgres.programs()
    if binaries is None:
        summary.skipped.append("PostgreSQL: its programs are not here (Debian: apt install postgresql)")
        yield None
        return
    with postgres.server(binaries) as url:
        yield url
