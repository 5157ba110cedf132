import http.client
import threading
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.arguments import port_number
from lumbung.kernel.jobs.watch import Watched
from lumbung.kernel.terminal import in_library_language, in_this_language
from lumbung.project.first_run.code import issue_code
from lumbung.project.folder_in_use import be_its_server
from lumbung.project.preparation import aside, first_librarian, open_folder, prepare, require_free_port
from lumbung.project.server import WebServer

FIRST_PAGES = 5.0
"""Seconds after the start in which nothing is done in the background."""


class Command(BaseCommand):
    help = gettext_noop(
        "Menyiapkan dan menjalankan seluruh perpustakaan: halaman, kerja latar, berkas. Ctrl-C menghentikannya."
    )
    group = "Pemasangan"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("alamat yang dilayani (bawaan: 127.0.0.1, hanya mesin ini)"))
        parser.add_argument("--port", type=port_number, default=8000, help=_("porta (bawaan: %(port)s)") % {"port": 8000})
        parser.add_argument("--empty", action="store_true", help=_("tanpa perpustakaan contoh; halaman pertama memandu Anda"))

    def handle(self, *, host: str, port: int, empty: bool, **options: Any) -> None:
        open_folder(settings.DATA)
        address = _address(host, port)
        be_its_server(settings.DATA, address)
        require_free_port(host, port)
        aside(partial(prepare, empty=empty, tell=lambda step: self._say(f"• {step} …")))
        code = _code_of_first_run() if empty else None
        welcome = in_this_language(partial(self._welcome, address, code))
        work = Watched(delay=FIRST_PAGES)
        with in_library_language():
            WebServer(host, port, settings.PROCESSES, first=work.begin, beside=[work.look_after, welcome]).serve_until_stopped()
        self._say(_("Lumbung berhenti dengan rapi (stopped cleanly)."))

    def _welcome(self, address: str, code: str | None, stop: threading.Event) -> None:
        """Say that it is ready once it is, and how to sign in."""
        while not _answers(address):
            if stop.wait(0.05):
                return
        self._say(f"\nLumbung is ready: {address}")
        if code:
            told = _("Buka %(address)s/setup dan masukkan kode (open it and enter the code): %(code)s")
            self._say(told % {"address": address, "code": code})
        elif known := first_librarian():
            told = _("Pustakawan pertama (first librarian): %(name)s · kata sandi (password): %(password)s")
            self._say(told % dict(zip(("name", "password"), known, strict=True)))
        self._say(_("Ctrl-C menghentikannya (stops it)."))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _code_of_first_run() -> str | None:
    """The code for the page that sets the library up; the connection it took must not reach the processes that serve."""
    code = issue_code()
    connection.close()
    return code


def _address(host: str, port: int) -> str:
    """Where a browser on this machine finds what is served there."""
    nearby = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
    return f"http://{f'[{nearby}]' if ':' in nearby else nearby}:{port}"


def _answers(address: str) -> bool:
    asked = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    try:
        asked.request("HEAD", "/static/")
        asked.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
    return True
