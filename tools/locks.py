"""``./lumbung lock``: write the lock files anew from pyproject.toml, with hashes and without registry addresses."""

import subprocess

from tools.steps import DEVELOPER_LOCK, PROGRAM_LOCK, ROOT, UV_LOCK, VENV

WITHOUT_ADDRESSES = ["--no-header", "--no-annotate", "--no-emit-index-url"]
COMPILE = ["pip", "compile", "-q", "--generate-hashes", "--universal", *WITHOUT_ADDRESSES, "--python-version", "3.11"]


def run(arguments: list[str]) -> int:
    """``arguments`` go to ``uv pip compile``: ``--upgrade``, ``--upgrade-package NAME``."""
    uv = VENV / "bin" / "uv"
    for sources, lock in [
        (["pyproject.toml"], PROGRAM_LOCK),
        (["pyproject.toml", "--group", "dev", "-c", str(PROGRAM_LOCK)], DEVELOPER_LOCK),
        (["--group", "uv"], UV_LOCK),
    ]:
        subprocess.run([str(uv), *COMPILE, *arguments, *sources, "-o", lock], cwd=ROOT, check=True)
    return 0
