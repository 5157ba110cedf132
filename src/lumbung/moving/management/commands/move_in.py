"""``lumbung migrate SYSTEM FILE``: the command line turns that into ``move_in``, because Django has a ``migrate`` of its own."""

import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.terminal import command, in_library_language, in_this_language
from lumbung.moving import queries
from lumbung.moving.domain import course, discarding, undoing
from lumbung.moving.domain.options import Options, Places
from lumbung.moving.domain.registry import SOURCES
from lumbung.moving.models import Move
from lumbung.moving.words import entity_name, sum_name

EVERY = 2.0
BECAME = {
    "read": gettext_lazy("dibaca"),
    "added": gettext_lazy("baru"),
    "recognised": gettext_lazy("sudah ada"),
    "same": gettext_lazy("tidak berubah"),
    "changed": gettext_lazy("diperbarui"),
    "ours": gettext_lazy("diubah di sini, dibiarkan"),
    "kept": gettext_lazy("disimpan apa adanya"),
    "rejected": gettext_lazy("ditolak"),
}


class Command(BaseCommand):
    group = "Pemasangan"
    called = "migrate"
    help = gettext_noop(
        "Memindahkan seluruh perpustakaan dari sistem lain: uji coba, laporan, pindah, bukti; dan membatalkannya bila perlu."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, self.called, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", choices=sorted(SOURCES), metavar=_("SISTEM"), help=", ".join(sorted(SOURCES)))
        parser.add_argument("file", nargs="?", metavar="FILE", help=_("cadangan basis data sistem itu (.sql, .gz, .zip, .bz2)"))
        parser.add_argument("--images", default="", metavar="DIR", help=_("folder atau zip gambar (images/)"))
        parser.add_argument("--files", default="", metavar="DIR", help=_("folder atau zip berkas digital (repository/)"))
        parser.add_argument("--dry-run", action="store_true", help=_("periksa dan laporkan saja, tanpa memindahkan apa pun"))
        parser.add_argument("--branch", default="", metavar=_("KODE"), help=_("cabang yang menerima (bila lebih dari satu)"))
        parser.add_argument(
            "--places", default="rooms", choices=[each.value for each in Places], help=_("lokasi menjadi ruang atau cabang")
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar=_("KOLOM=ISI"),
            help=_("untuk spreadsheet: isi sebuah kolom, misalnya 'nama buku=title'; what=members bila isinya anggota"),
        )
        origin = _("nama asal, bila beberapa perpustakaan digabung")
        parser.add_argument("--as", dest="origin", default="", metavar=_("NAMA"), help=origin)
        parser.add_argument("--go", type=int, metavar=_("NOMOR"), help=_("setujui uji coba ini, lalu pindahkan"))
        parser.add_argument("--resume", type=int, metavar=_("NOMOR"), help=_("lanjutkan perpindahan yang terputus"))
        parser.add_argument("--discard", type=int, metavar=_("NOMOR"), help=_("buang uji coba ini beserta laporannya"))
        parser.add_argument("--undo", type=int, metavar=_("NOMOR"), help=_("batalkan seluruh perpindahan ini"))

    def handle(self, *args: Any, **options: Any) -> None:
        going_on = ""
        try:
            if options["undo"] is not None:
                going_on = _how_to_go_on(f"--undo {options['undo']}")
                undone = self._watched(undoing.undo, self._move(options["undo"]), by=None)
                told = _("Perpindahan nomor %(number)s dibatalkan; perpustakaan kembali seperti semula.")
                self.stderr.write(told % {"number": undone.pk})
                return
            if options["discard"] is not None:
                discarding.discard(self._move(options["discard"]), by=None)
                told = _("Uji coba nomor %(number)s dibuang; perpustakaan tidak berubah.")
                self.stderr.write(told % {"number": options["discard"]})
                return
            move = self._wanted(options)
            going_on = _how_to_go_on(f"--resume {move.pk}")
            self.stderr.write(_("Perpindahan nomor %(number)s: %(file)s") % {"number": move.pk, "file": move.file_name})
            self._report(self._watched(course.carry_on, move))
        except Refused as refused:
            raise CommandError("\n".join(map(str, refused.reasons))) from refused
        except course.MoveStoppedError as error:
            raise CommandError(f"{error}\n{going_on}") from error
        except KeyboardInterrupt:
            raise CommandError(f"{_('Dihentikan.')} {going_on}".rstrip(), returncode=130) from None

    def _wanted(self, options: dict[str, Any]) -> Move:
        if options["go"] is not None:
            return course.go(self._move(options["go"]), by=None)
        if options["resume"] is not None:
            return self._move(options["resume"])
        if not (options["source"] and options["file"]):
            said = _("Sebutkan sistem asal dan berkasnya: lumbung migrate slims cadangan.sql.gz")
            raise CommandError(said, returncode=2)
        chosen = Options(
            origin=options["origin"] or options["source"],
            branch=options["branch"],
            places=Places(options["places"]),
            images=_absolute(options["images"]),
            files=_absolute(options["files"]),
            columns=dict(each.casefold().split("=", 1) for each in options["column"] if "=" in each),
        )
        path = Path(options["file"]).resolve()
        with in_library_language():
            return course.start(options["source"], path, options=chosen, by=None, dry_run=options["dry_run"])

    def _move(self, number: int) -> Move:
        move = Move.objects.filter(pk=number).first()
        if move is None:
            raise CommandError(_("Tidak ada perpindahan nomor %(number)s.") % {"number": number})
        return move

    def _watched(self, verb: Any, move: Move, **options: Any) -> Move:
        """Do it, and tell on a terminal how far it is."""
        done = threading.Event()
        watcher = threading.Thread(target=in_this_language(self._watch), args=(move.pk, done), daemon=True)
        if sys.stderr.isatty():
            watcher.start()
        try:
            with in_library_language():
                return verb(move, **options)  # type: ignore[no-any-return]
        finally:
            done.set()

    def _watch(self, key: int, done: threading.Event) -> None:
        from django.db import connection  # noqa: PLC0415 -- of this thread

        while not done.wait(EVERY):
            move = Move.objects.get(pk=key)
            left = move.time_left(clock.now())
            told = _("%(state)s: %(done)s dari %(total)s")
            if left:
                told = _("%(state)s: %(done)s dari %(total)s, kira-kira %(seconds)s detik lagi")
            facts = {"state": move.get_state_display(), "done": move.done, "total": move.total}
            facts["seconds"] = int(left.total_seconds()) if left else 0
            self.stderr.write("\r" + told % facts + "   ", ending="")
        connection.close()

    def _report(self, move: Move) -> None:
        """Every row with its reason on the standard output, the figures beside it."""
        phase = "move" if move.state == Move.States.MOVED else "rehearsal"
        for each in queries.findings_of(move).iterator():
            mark = _("ditolak") if each.refused else _("peringatan")
            self.stdout.write(f"{each.entity}\t{each.source_id}\t{mark}\t{each.code}\t{each.reason}")
        for entity, counts in move.counts.get(phase, {}).items():
            self.stderr.write(
                f"{entity_name(entity)}: " + ", ".join(f"{count} {BECAME[name]}" for name, count in counts.items())
            )
        if phase == "rehearsal":
            go = _("Belum ada yang disimpan. Pindahkan dengan: %(command)s")
            self.stderr.write(go % {"command": command(f"migrate --go {move.pk}")})
            discard = _("Buang uji coba ini dengan: %(command)s")
            self.stderr.write(discard % {"command": command(f"migrate --discard {move.pk}")})
            return
        for each in move.proof["sums"]:
            told = _("%(name)s: asal %(source)s, di sini %(here)s, ditolak %(rejected)s")
            self.stderr.write(told % {**each, "name": sum_name(each["name"])})
        if move.proof["whole"]:
            self.stderr.write(_("Pembuktian: Semua cocok."))
        else:
            told = _("Pembuktian: %(count)s perbedaan; lihat buktinya.")
            self.stderr.write(told % {"count": len(move.proof["differences"])})


def _how_to_go_on(option: str) -> str:
    return _("Lanjutkan dengan: %(command)s") % {"command": command(f"migrate {option}")}


def _absolute(path: str) -> str:
    return str(Path(path).resolve()) if path else ""
