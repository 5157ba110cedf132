import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from lumbung.discovery.domain.indexing import call_for_help, compare, rebuild
from lumbung.kernel.no_room import there_is_no_room
from lumbung.kernel.terminal import in_library_language, in_this_language
from lumbung.search.queries import Condition, NotReady, condition
from lumbung.search.unready import why_unready

PAUSE = 1.0


class Command(BaseCommand):
    help = gettext_noop("Menyusun ulang indeks pencarian di samping yang lama; pencarian tetap melayani selama itu.")
    group = "Pencarian"

    def add_arguments(self, parser: CommandParser) -> None:
        told = _("hanya bandingkan indeks dengan basis data dan perbaiki yang berbeda")
        parser.add_argument("--compare", action="store_true", help=told)

    def handle(self, *, compare: bool, **options: Any) -> None:
        try:
            self._compare() if compare else self._rebuild()
        except NotReady as error:
            if condition() is Condition.UNREACHABLE:
                raise CommandError(why_unready()) from error
            if there_is_no_room(error):
                raise
            said = _("Indeks tidak dapat ditulis sekarang (%(why)s). Coba lagi sebentar.")
            raise CommandError(said % {"why": error}) from error

    def _rebuild(self) -> None:
        began = self._told_at = time.monotonic()
        call_for_help()
        tell = in_this_language(self._tell)
        with in_library_language():
            records = rebuild(tell)
        told = ngettext(
            "%(records)s judul terindeks dalam %(seconds)s detik.",
            "%(records)s judul terindeks dalam %(seconds)s detik.",
            records,
        )
        self.stdout.write(told % {"records": records, "seconds": f"{time.monotonic() - began:.1f}"})

    def _tell(self, done: int, total: int) -> None:
        if time.monotonic() - self._told_at >= PAUSE:
            self._told_at = time.monotonic()
            self.stdout.write(_("%(done)s dari %(total)s judul …") % {"done": done, "total": total})

    def _compare(self) -> None:
        with in_library_language():
            found = compare()
        self.stdout.write(
            _(
                "%(records)s judul dibandingkan: %(missing)s belum ada di indeks, %(extra)s berlebih, %(stale)s usang. "
                "Yang berbeda sudah diperbaiki."
            )
            % found
        )
