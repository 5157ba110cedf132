"""Everything between an empty folder and a library that can be served; on a later start, only what has changed."""

import fcntl
import hashlib
import logging
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from lumbung import __version__
from lumbung.kernel.away import database_is_away
from lumbung.project.tables import differing_tables
from lumbung.project.trouble import (
    DATA,
    FULL,
    HOST_UNKNOWN,
    NEWER,
    NOT_PREPARED,
    OTHER_TABLES,
    PORT,
    PORT_RESERVED,
    PORT_TAKEN,
    Trouble,
    trouble_of,
    trouble_of_folder,
)
from lumbung.search.queries import Condition, condition

logger = logging.getLogger(__name__)

LEAST_ROOM = 20_000_000
"""Bytes that must be free before anything is begun."""

SHOWN = 3
"""How many of the things that stand in the way are named."""

FIRST_LIBRARIAN = "first-librarian.txt"

Tell = Callable[[str], None]


def prepare(*, empty: bool, tell: Tell) -> None:
    """Make the data folder ready to be served, telling each step. Raises ``Trouble``."""
    open_folder(settings.DATA)
    _migrate(tell)
    _collect_static_files(tell)
    if not empty and not get_user_model().objects.exists():
        tell(_("Mengisi perpustakaan contoh (filling the demonstration library)"))
        call_command("demo")
    if condition() is Condition.MISSING:
        tell(_("Membuat indeks pencarian (creating the search index)"))
        call_command("reindex")


def prepare_pages(tell: Tell) -> None:
    """Make the files that pages need, for a program that serves what another prepared. Raises ``Trouble``."""
    open_folder(settings.DATA)
    _collect_static_files(tell)


def require_prepared() -> None:
    """Raises ``Trouble`` when the database is not as this version makes it. Changes nothing. One that does not answer may be sound."""
    try:
        if _due():
            raise Trouble(NOT_PREPARED, exit_code=DATA, place=settings.DATA)
    except DatabaseError as error:
        if not database_is_away(error):
            raise
    finally:
        connection.close()


def aside(work: Callable[[], object]) -> None:
    """Work in a process of its own, so that the memory it takes is given back. Raises ``SystemExit`` when that one failed."""
    sys.stdout.flush()
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        if code := os.waitstatus_to_exitcode(status):
            raise SystemExit(code)
        return
    code = 1
    try:
        work()
        code = 0
    except (Trouble, CommandError) as trouble:
        print(trouble, file=sys.stderr)
        code = getattr(trouble, "exit_code", 1)
    except Exception as error:
        if trouble_behind := trouble_of(error, settings.DATA):
            print(trouble_behind, file=sys.stderr)
            code = trouble_behind.exit_code
        else:
            logger.exception("preparing failed")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # not through the handlers of the process this one was copied from


def require_free_port(host: str, port: int) -> None:
    """Raises ``Trouble`` when another program listens there, or when the address is not this machine's."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except socket.gaierror:
        raise Trouble(HOST_UNKNOWN, exit_code=PORT, place=host) from None
    except OSError as error:
        if isinstance(error, PermissionError):
            raise Trouble(PORT_RESERVED, exit_code=PORT, place=port) from None
        taken = "in use" in str(error)
        raise Trouble(PORT_TAKEN if taken else HOST_UNKNOWN, exit_code=PORT, place=port if taken else host) from None


def first_librarian() -> tuple[str, str] | None:
    """User name and password of the demonstration's first librarian, while the file that holds them is there."""
    try:
        name, password = (settings.DATA / FIRST_LIBRARIAN).read_text(encoding="utf-8").split("\n")[:2]
    except (OSError, ValueError):
        return None
    return name, password


def open_folder(folder: Path) -> None:
    """Make the data folder if it is not there. Raises ``Trouble`` when it can't be made or written, or hasn't room."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise trouble_of_folder(error, folder) from None
    if shutil.disk_usage(folder).free < LEAST_ROOM:
        raise Trouble(FULL, exit_code=DATA, place=folder)
    probe = folder / ".writable"
    probe.touch()
    probe.unlink()


def _migrate(tell: Tell) -> None:
    if _due():
        tell(_("Menyiapkan basis data (preparing the database)"))
        call_command("migrate", verbosity=0, interactive=False)


def _due() -> bool:
    """Whether migrations are to be applied. Raises ``Trouble`` when the tables are those of another program than this."""
    executor = MigrationExecutor(connection)
    ours = executor.loader.disk_migrations
    if unknown := [f"{app}.{name}" for app, name in executor.loader.applied_migrations if (app, name) not in ours]:
        raise Trouble(NEWER, exit_code=DATA, place=", ".join(unknown[:SHOWN]))
    if differing := differing_tables():
        raise Trouble(OTHER_TABLES, exit_code=DATA, place=", ".join(differing[:SHOWN]))
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static_files(tell: Tell) -> None:
    with _alone():
        _collect_what_changed(tell)


@contextmanager
def _alone() -> Iterator[None]:
    """Programs that share the data folder and start at the same moment go in one after the other."""
    with (settings.DATA / ".preparing").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _collect_what_changed(tell: Tell) -> None:
    stamp = settings.STATIC_ROOT / ".made-from"
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest.hexdigest():
        return
    tell(_("Menyusun berkas halaman (collecting page files)"))
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest(), encoding="ascii")
