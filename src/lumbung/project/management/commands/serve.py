from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lumbung.project.server import web_server


class Command(BaseCommand):
    help = "Melayani halaman web saja, tanpa kerja latar (untuk systemd dan gugus; lihat juga: lumbung work)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="alamat yang dilayani (bawaan: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="porta (bawaan: 8000)")
        parser.add_argument("--processes", type=int, default=2, help="jumlah proses (bawaan: 2)")

    def handle(self, *, host: str, port: int, processes: int, **options: Any) -> None:
        web_server(host, port, processes).serve()
