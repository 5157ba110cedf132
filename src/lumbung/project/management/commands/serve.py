from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.arguments import port_number
from lumbung.kernel.terminal import in_library_language
from lumbung.project.preparation import aside, prepare_pages, require_free_port
from lumbung.project.server import WebServer


class Command(BaseCommand):
    help = gettext_noop(
        "Melayani halaman web saja; kerja latar dijalankan terpisah dengan lumbung work (untuk systemd dan gugus)."
    )
    group = "Pemasangan"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("alamat yang dilayani (bawaan: 127.0.0.1)"))
        parser.add_argument("--port", type=port_number, default=8000, help=_("porta (bawaan: %(port)s)") % {"port": 8000})

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        require_free_port(host, port)
        aside(partial(prepare_pages, lambda step: self._say(f"• {step} …")))
        told = _("Halaman dilayani di porta %(port)s (%(host)s). Ctrl-C menghentikannya.")
        self._say(told % {"port": port, "host": host})
        with in_library_language():
            WebServer(host, port, settings.PROCESSES).serve_until_stopped()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
