from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.discovery.queries import Results, Row, search_records
from lumbung.search.documents import Query


class Command(BaseCommand):
    help = "Mencari di katalog seperti di halaman pencarian."
    group = "Pencarian"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="+", help='kata, "frasa", judul:…, pengarang:…, subjek:…, isbn:…, awal*, -bukan')
        parser.add_argument("--page", type=int, default=1, help="halaman")
        parser.add_argument("--size", type=int, default=10, help="banyaknya judul per halaman")

    def handle(self, *, query: list[str], page: int, size: int, **options: Any) -> None:
        asked = Query(words=" ".join(query), page=page, size=max(1, min(size, 100)))
        results = search_records(asked, AnonymousUser())
        if not results.ready:
            raise CommandError("Indeks pencarian belum ada. Jalankan: lumbung reindex")
        for row in results.rows:
            self.stdout.write(_line(row))
        self.stdout.write(_summary(results))


def _line(row: Row) -> str:
    parts = [row.title, row.creator, row.publication, row.call_number, f"{row.available}/{row.total}"]
    return f"{row.pk:>8}  " + " · ".join(part for part in parts if part)


def _summary(results: Results) -> str:
    relaxed = " Tidak ada yang memuat semua kata; ini yang terdekat." if results.relaxed else ""
    return f"{results.total} judul, halaman {results.page} dari {results.pages}.{relaxed}"
