"""``lumbung migrate SYSTEM FILE``: the command line turns that into ``move_in``, because Django has a ``migrate`` of its own."""

import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.moving import queries
from lumbung.moving.domain import course, discarding, undoing
from lumbung.moving.domain.options import Options, Places
from lumbung.moving.domain.registry import SOURCES
from lumbung.moving.models import Move
from lumbung.moving.words import entity_name, sum_name

EVERY = 2.0
BECAME = {
    "read": "dibaca",
    "added": "baru",
    "recognised": "sudah ada",
    "same": "tidak berubah",
    "changed": "diperbarui",
    "ours": "diubah di sini, dibiarkan",
    "kept": "disimpan apa adanya",
    "rejected": "ditolak",
}


class Command(BaseCommand):
    group = "Pemasangan"
    called = "migrate"
    help = "Memindahkan seluruh perpustakaan dari sistem lain: uji coba, laporan, pindah, bukti; dan membatalkannya bila perlu."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, self.called, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", choices=sorted(SOURCES), metavar="SISTEM", help=", ".join(sorted(SOURCES)))
        parser.add_argument("file", nargs="?", metavar="FILE", help="cadangan basis data sistem itu (.sql, .gz, .zip, .bz2)")
        parser.add_argument("--images", default="", metavar="DIR", help="folder atau zip gambar (images/)")
        parser.add_argument("--files", default="", metavar="DIR", help="folder atau zip berkas digital (repository/)")
        parser.add_argument("--dry-run", action="store_true", help="periksa dan laporkan saja, tanpa memindahkan apa pun")
        parser.add_argument("--branch", default="", metavar="KODE", help="cabang yang menerima (bila lebih dari satu)")
        parser.add_argument(
            "--places", default="rooms", choices=[each.value for each in Places], help="lokasi menjadi ruang atau cabang"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="KOLOM=ISI",
            help="untuk spreadsheet: isi sebuah kolom, misalnya 'nama buku=title'; what=members bila isinya anggota",
        )
        parser.add_argument(
            "--as", dest="origin", default="", metavar="NAMA", help="nama asal, bila beberapa perpustakaan digabung"
        )
        parser.add_argument("--go", type=int, metavar="NOMOR", help="setujui uji coba ini, lalu pindahkan")
        parser.add_argument("--resume", type=int, metavar="NOMOR", help="lanjutkan perpindahan yang terputus")
        parser.add_argument("--discard", type=int, metavar="NOMOR", help="buang uji coba ini beserta laporannya")
        parser.add_argument("--undo", type=int, metavar="NOMOR", help="batalkan seluruh perpindahan ini")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["undo"] is not None:
                undone = self._watched(undoing.undo, self._move(options["undo"]), by=None)
                self.stderr.write(f"Perpindahan nomor {undone.pk} dibatalkan; perpustakaan kembali seperti semula.")
                return
            if options["discard"] is not None:
                discarding.discard(self._move(options["discard"]), by=None)
                self.stderr.write(f"Uji coba nomor {options['discard']} dibuang; perpustakaan tidak berubah.")
                return
            move = self._wanted(options)
            self.stderr.write(f"Perpindahan nomor {move.pk}: {move.file_name}")
            self._report(self._watched(course.carry_on, move))
        except Refused as refused:
            raise CommandError("\n".join(map(str, refused.reasons))) from refused
        except course.MoveStoppedError as error:
            raise CommandError(f"{error}\nLanjutkan dengan: lumbung migrate --resume {move.pk}") from error
        except KeyboardInterrupt:
            raise CommandError(f"Dihentikan. Lanjutkan dengan: lumbung migrate --resume {move.pk}", returncode=130) from None

    def _wanted(self, options: dict[str, Any]) -> Move:
        if options["go"] is not None:
            return course.go(self._move(options["go"]), by=None)
        if options["resume"] is not None:
            return self._move(options["resume"])
        if not (options["source"] and options["file"]):
            raise CommandError("Sebutkan sistem asal dan berkasnya: lumbung migrate slims cadangan.sql.gz", returncode=2)
        chosen = Options(
            origin=options["origin"] or options["source"],
            branch=options["branch"],
            places=Places(options["places"]),
            images=_absolute(options["images"]),
            files=_absolute(options["files"]),
            columns=dict(each.casefold().split("=", 1) for each in options["column"] if "=" in each),
        )
        path = Path(options["file"]).resolve()
        return course.start(options["source"], path, options=chosen, by=None, dry_run=options["dry_run"])

    def _move(self, number: int) -> Move:
        move = Move.objects.filter(pk=number).first()
        if move is None:
            raise CommandError(f"Tidak ada perpindahan nomor {number}.")
        return move

    def _watched(self, verb: Any, move: Move, **options: Any) -> Move:
        """Do it, and tell on a terminal how far it is."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(move.pk, done), daemon=True)
        if sys.stderr.isatty():
            watcher.start()
        try:
            return verb(move, **options)  # type: ignore[no-any-return]
        finally:
            done.set()

    def _watch(self, key: int, done: threading.Event) -> None:
        from django.db import connection  # noqa: PLC0415 -- of this thread

        while not done.wait(EVERY):
            move = Move.objects.get(pk=key)
            left = move.time_left(clock.now())
            told = f", kira-kira {int(left.total_seconds())} detik lagi" if left else ""
            self.stderr.write(f"\r{move.get_state_display()}: {move.done} dari {move.total}{told}   ", ending="")
        connection.close()

    def _report(self, move: Move) -> None:
        """Every row with its reason on the standard output, the figures beside it."""
        phase = "move" if move.state == Move.States.MOVED else "rehearsal"
        for each in queries.findings_of(move).iterator():
            mark = "ditolak" if each.refused else "peringatan"
            self.stdout.write(f"{each.entity}\t{each.source_id}\t{mark}\t{each.code}\t{each.reason}")
        for entity, counts in move.counts.get(phase, {}).items():
            self.stderr.write(
                f"{entity_name(entity)}: " + ", ".join(f"{count} {BECAME[name]}" for name, count in counts.items())
            )
        if phase == "rehearsal":
            self.stderr.write(f"Belum ada yang disimpan. Pindahkan dengan: lumbung migrate --go {move.pk}")
            self.stderr.write(f"Buang uji coba ini dengan: lumbung migrate --discard {move.pk}")
            return
        for each in move.proof["sums"]:
            self.stderr.write(
                f"{sum_name(each['name'])}: asal {each['source']}, di sini {each['here']}, ditolak {each['rejected']}"
            )
        whole = "Semua cocok." if move.proof["whole"] else f"{len(move.proof['differences'])} perbedaan; lihat buktinya."
        self.stderr.write(f"Pembuktian: {whole}")


def _absolute(path: str) -> str:
    return str(Path(path).resolve()) if path else ""
