import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.discovery.domain.indexing import call_for_help, compare, rebuild
from lumbung.search.queries import Condition, NotReady, condition
from lumbung.search.unready import why_unready

PAUSE = 1.0


class Command(BaseCommand):
    help = "Menyusun ulang indeks pencarian di samping yang lama; pencarian tetap melayani selama itu."
    group = "Pencarian"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--compare", action="store_true", help="hanya bandingkan indeks dengan basis data dan perbaiki yang berbeda"
        )

    def handle(self, *, compare: bool, **options: Any) -> None:
        try:
            self._compare() if compare else self._rebuild()
        except NotReady as error:
            if condition() is Condition.UNREACHABLE:
                raise CommandError(why_unready()) from error
            raise CommandError(f"Indeks tidak dapat ditulis sekarang ({error}). Coba lagi sebentar.") from error

    def _rebuild(self) -> None:
        began = self._told_at = time.monotonic()
        call_for_help()
        records = rebuild(self._tell)
        seconds = time.monotonic() - began
        self.stdout.write(f"{records} judul terindeks dalam {seconds:.1f} detik.")

    def _tell(self, done: int, total: int) -> None:
        if time.monotonic() - self._told_at >= PAUSE:
            self._told_at = time.monotonic()
            self.stdout.write(f"{done} dari {total} judul …")

    def _compare(self) -> None:
        found = compare()
        self.stdout.write(
            "{records} judul dibandingkan: {missing} belum ada di indeks, {extra} berlebih, {stale} usang. "
            "Yang berbeda sudah diperbaiki.".format(**found)
        )
