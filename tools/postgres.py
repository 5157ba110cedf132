"""A throw-away PostgreSQL server for tests: its own folder, a unix socket, no durability, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
}

HASTE = frozenset({"fsync", "synchronous_commit", "full_page_writes"})
"""Settings that would lose what was committed when the power goes."""


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``: on the PATH, or the newest that Debian has put aside; None when there is none."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return folders[-1] if folders and (folders[-1] / "pg_ctl").exists() else None


@contextmanager
def server(binaries: Path, *, durable: bool = False) -> Iterator[str]:
    """Within the block a server runs; gives its address as LUMBUNG_DATABASE_URL takes it. Stopped whatever happens.

    ``durable``: as a library would run it, for measurements.

    PostgreSQL refuses to run as root; root lends the work to the user ``postgres`` or ``nobody``.
    """
    settings = {name: value for name, value in SETTINGS.items() if not (durable and name in HASTE)}
    folder = Path(tempfile.mkdtemp(prefix="lumbung-pg-"))
    user = lesser_user() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user=user)
    try:
        _as(user, binaries / "initdb", "-D", folder / "data", "-U", "lumbung", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = " ".join(f"-c {name}={value or repr('')}" for name, value in settings.items())
        _as(
            user, binaries / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w",
            "-o", f"-k {folder} {options}", "start",
        )  # fmt: skip
        try:
            yield f"postgres://lumbung@/postgres?host={folder}"
        finally:
            _as(user, binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lesser_user() -> str:
    """Whom root lends the work of a server that refuses to run as root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as(user: str | None, *command: str | Path) -> None:
    lent = ["runuser", "-u", user, "--"] if user else []
    # No pipes: the server would keep them open. Its own log is in the folder.
    done = subprocess.run([*lent, *map(str, command)], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-800:]}")
