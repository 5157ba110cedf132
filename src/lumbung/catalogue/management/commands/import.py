"""``lumbung import FILE…``"""

# ruff: noqa: N999 -- a command is called as its file is

import logging
import os
import sys
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from lumbung.catalogue.domain import imports
from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.refusals import ALREADY_IMPORTED, FILE_GONE
from lumbung.formats.marc import Encoding, Format
from lumbung.kernel import processes
from lumbung.kernel.forks import Forked
from lumbung.kernel.jobs.condition import condition
from lumbung.kernel.jobs.worker import Worker, work_off
from lumbung.kernel.no_room import there_is_no_room
from lumbung.kernel.refusals import Refused
from lumbung.kernel.system_words import system_words
from lumbung.kernel.terminal import command, in_library_language, in_this_language

EVERY = 1.0
OFTEN, PATIENCE = 0.1, 120.0
BEHIND = 10
"""By how much the index beside an import goes behind it: no processor waits then, and what came in is taken up many titles at a time."""
PIPE = "-"
NOT_WHOLE, UNUSABLE, BROKEN_OFF = 1, 4, 7
"""How the command ends when something was refused, when the data folder or the database could not be used, and when an import broke off."""


class _Outcome(Enum):
    """What came of a file, in the words of the summary."""

    WHOLE = gettext_lazy("diterima seluruhnya")
    PARTLY = gettext_lazy("dengan isi yang ditolak")
    NOT = gettext_lazy("tidak diterima")
    BROKEN_OFF = gettext_lazy("terhenti di tengah jalan")


_Came = tuple[str, _Outcome]


class _NotTakenError(CommandError):
    """This file cannot be imported, and says why by its name; others may be."""

    outcome = _Outcome.NOT


class _BrokenOffError(_NotTakenError):
    """It came in a part of the way, and says how to go on."""

    outcome = _Outcome.BROKEN_OFF

    def __init__(self, said: str) -> None:
        super().__init__(said, returncode=BROKEN_OFF)


class Command(BaseCommand):
    group = "Koleksi"
    requires_system_checks = ()
    help = gettext_noop(
        "Mengimpor cantuman MARC 21 (ISO 2709, MARCXML, MARC-in-JSON; boleh dipadatkan dengan gzip) beserta eksemplarnya. "
        "Yang tidak dapat diterima dilaporkan satu per satu; sisanya tetap masuk."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = _(
            "Kode keluar: 0 bila semuanya masuk; 1 bila ada berkas atau isi berkas yang ditolak; 2 bila perintahnya salah tulis; "
            "4 bila folder data atau basis data tidak dapat dipakai, misalnya karena disk penuh; 7 bila impor terhenti di tengah "
            "jalan; 130 bila dihentikan dengan Ctrl-C. Yang terhenti menyebut perintah --resume untuk melanjutkannya."
        )
        parser.add_argument("files", nargs="*", metavar="FILE", help=_("berkas yang diimpor; - untuk masukan baku"))
        parser.add_argument("--dry-run", action="store_true", help=_("periksa dan laporkan saja, tanpa menyimpan"))
        parser.add_argument(
            "--format",
            default="auto",
            choices=[each.value for each in Format],
            help=_("bentuk berkas (bawaan: dikenali sendiri)"),
        )
        parser.add_argument(
            "--encoding", default="auto", choices=[each.value for each in Encoding], help=_("penyandian huruf ISO 2709")
        )
        parser.add_argument(
            "--items",
            default="auto",
            choices=[each.value for each in imports.Profile],
            help=_("ruas tempat eksemplar (bawaan: 952, lalu 852)"),
        )
        parser.add_argument("--branch", default="", metavar=_("KODE"), help=_("cabang untuk eksemplar yang tidak menyebutnya"))
        parser.add_argument(
            "--item-type", default="", metavar=_("KODE"), help=_("jenis untuk eksemplar yang tidak menyebutnya")
        )
        parser.add_argument("--resume", type=int, metavar=_("NOMOR"), help=_("lanjutkan impor yang terputus"))
        parser.add_argument(
            "--duplicates",
            default="add",
            choices=[each.value for each in imports.Rule],
            help=_("bila judulnya sudah ada: tambahkan juga, lewati, eksemplarnya saja, ganti, atau lengkapi (bawaan: add)"),
        )
        by_title = _("judul, pengarang, dan tahun yang sama juga berarti judul yang sama")
        parser.add_argument("--by-title", action="store_true", help=by_title)
        again = _("impor walaupun berkas yang sama pernah diimpor")
        parser.add_argument("--again", action="store_true", help=again)

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["files"]) == (options["resume"] is not None):
            said = _("Sebutkan berkas yang diimpor, atau --resume NOMOR untuk melanjutkan.")
            raise CommandError(said, returncode=2)
        resumed = self._resumed(options["resume"]) if options["resume"] is not None else None
        with _WorkerBeside(wanted=not options["dry_run"]):
            came = [(resumed.file_name, self._run(resumed))] if resumed else self._each(options["files"], options)
        self._sum_up(came)

    def _resumed(self, number: int) -> ImportRun:
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            raise CommandError(_("Tidak ada impor nomor %(number)s.") % {"number": number})
        return run

    def _each(self, names: list[str], options: dict[str, Any]) -> list[_Came]:
        """Every file by itself. Of several, one that is not taken is told by its name and leaves the others alone; what stops them all (no
        room, no database, Ctrl-C) names those that were not read."""
        came: list[_Came] = []
        for number, name in enumerate(names):
            unread = names[number:]
            try:
                run = self._started(name, options)
                unread = names[number + 1 :]
                came.append((name, self._run(run)))
            except _NotTakenError as refused:
                if len(names) == 1:
                    raise
                self.stderr.write(str(refused))
                came.append((name, refused.outcome))
            except BaseException:
                if unread and len(names) > 1:
                    told = _("Belum dibaca: %(files)s. Jalankan lagi untuk berkas itu setelah sebabnya diatasi.")
                    self.stderr.write(told % {"files": ", ".join(unread)})
                raise
        return came

    def _sum_up(self, came: list[_Came]) -> None:
        """Of several files, how many came whole, in part and not at all. Ends with the exit code of the worst."""
        told = ", ".join(
            f"{len(names)} {outcome.value}" + ("" if outcome is _Outcome.WHOLE else f" ({', '.join(names)})")
            for outcome in _Outcome
            if (names := [name for name, each in came if each is outcome])
        )
        summary = _("%(count)s berkas: %(told)s.") % {"count": len(came), "told": told}
        outcomes = {outcome for _, outcome in came}
        if outcomes - {_Outcome.WHOLE}:
            code = BROKEN_OFF if _Outcome.BROKEN_OFF in outcomes else NOT_WHOLE
            said = summary if len(came) > 1 else _("Sebagian isi berkas ditolak; lihat laporan di atas.")
            raise CommandError(said, returncode=code)
        if len(came) > 1:
            self.stderr.write(summary)

    def _started(self, name: str, options: dict[str, Any]) -> ImportRun:
        chosen = imports.ImportOptions(
            format=Format(options["format"]),
            encoding=Encoding(options["encoding"]),
            items=imports.Profile(options["items"]),
            branch=options["branch"],
            item_type=options["item_type"],
            again=options["again"],
            duplicates=imports.Rule(options["duplicates"]),
            by_title=options["by_title"],
        )
        try:
            with _opened(name) as file, in_library_language():
                return imports.start_import(file, name=name, by=None, dry_run=options["dry_run"], options=chosen)
        except OSError as error:
            said = _("%(file)s: tidak dapat dibaca: %(why)s.") % {"file": name, "why": system_words(error)}
            raise _NotTakenError(said) from error
        except imports.ImportStoppedError as error:
            full = _("Ruang penyimpanan penuh. Kosongkan ruang, lalu impor lagi.") if there_is_no_room(error) else error
            raise CommandError(f"{name}: {full}", returncode=UNUSABLE) from error
        except Refused as refused:
            raise _NotTakenError(_sentences(name, refused)) from refused

    def _run(self, run: ImportRun) -> _Outcome:
        told = _("Impor nomor %(number)s: %(file)s (uji coba)") if run.dry_run else _("Impor nomor %(number)s: %(file)s")
        self.stderr.write(told % {"number": run.pk, "file": run.file_name})
        progress = _Progress(run, self.stderr)
        try:
            with in_library_language():
                imports.run_import(run, progress=in_this_language(progress), beside=processes.may_fork())
        except Refused as refused:
            said = _sentences(run.file_name, refused)
            if run.state != ImportRun.States.INTERRUPTED or FILE_GONE.code in refused.codes:
                raise _NotTakenError(said) from refused
            raise _BrokenOffError(f"{said}\n{_how_to_go_on(run)}") from refused
        except imports.ImportStoppedError as error:
            said = f"{error}\n{_how_to_go_on(run)}"
            if isinstance(error.__cause__, imports.ReaderEnded):
                raise _BrokenOffError(said) from error
            raise CommandError(said, returncode=UNUSABLE) from error
        except KeyboardInterrupt:
            raise CommandError(_("Dihentikan.") + f" {_how_to_go_on(run)}", returncode=130) from None
        progress.end()
        self._report(run)
        return _Outcome.PARTLY if run.rejected or run.items_rejected else _Outcome.WHOLE

    def _report(self, run: ImportRun) -> None:
        for each in run.rejections.defer("raw").iterator():
            number = f" [{each.control_number}]" if each.control_number else ""
            mark = _("ditolak") if each.refused else _("peringatan")
            self.stdout.write(f"{each.position}\t{each.offset}\t{mark}\t{each.kind}\t{each.reason}{number}")
        facts = {"matched": run.records_matched, "headings": run.authorities_added, "warned": run.warned}
        facts |= {"titles": run.records_added, "copies": run.items_added}
        facts |= {"rejected": run.rejected, "copies_rejected": run.items_rejected}
        if run.records_matched:
            self.stderr.write(_("%(matched)s cantuman sudah ada di katalog, dan ditangani menurut --duplicates.") % facts)
        if run.authorities_added:
            told = _("%(headings)s tajuk dapat diterima.") if run.dry_run else _("%(headings)s tajuk ditambahkan.")
            self.stderr.write(told % facts)
        came = _("%(titles)s judul dan %(copies)s eksemplar ditambahkan;")
        if run.dry_run:
            came = _("%(titles)s judul dan %(copies)s eksemplar dapat diterima;")
        not_taken = _("%(rejected)s cantuman dan %(copies_rejected)s eksemplar ditolak; %(warned)s dengan peringatan.")
        self.stderr.write(f"{came % facts} {not_taken % facts}")


class _Progress:
    """One line on the terminal, rewritten every second: how far, how fast."""

    def __init__(self, run: ImportRun, out: Any) -> None:
        self.began, self.told, self.already = time.monotonic(), 0.0, run.records_read
        self.out = out

    def __call__(self, run: ImportRun) -> None:
        now = time.monotonic()
        if now - self.told >= EVERY:
            self.told = now
            rate = (run.records_read - self.already) / max(now - self.began, 0.001)
            told = _("%(count)s cantuman dibaca, %(rate)s/detik …")
            self._write("\r" + told % {"count": run.records_read, "rate": round(rate)} + " ")

    def end(self) -> None:
        if self.told:
            self._write("\r" + " " * 60 + "\r")

    def _write(self, text: str) -> None:
        if sys.stderr.isatty():
            self.out.write(text, ending="")
            self.out.flush()


class _WorkerBeside:
    """Background work beside the import, so that what is stored is found at once: the index grows in processes of its own."""

    def __init__(self, *, wanted: bool) -> None:
        self.wanted = wanted
        self.process: Forked | None = None

    def __enter__(self) -> None:
        if self.wanted:
            self.process = Forked(_work)

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self.process is not None:
            if failure is None:
                self._wait_until_found(self.process)
            self.process.end()
            with suppress(*([] if failure is None else [Exception])):  # what has failed already is what is to be told
                self._settle_what_is_left()

    def _settle_what_is_left(self) -> None:
        """What the process beside did not do is done here, or says why it cannot be."""
        left = condition()
        if left.urgent or left.tasks:
            with in_library_language():
                work_off(urgent=True)

    def _wait_until_found(self, process: Forked) -> None:
        """Until nothing waits for the index; what other libraries harvest may follow later.

        What is not done in PATIENCE is done afterwards.
        """
        waiting, since = condition().urgent, time.monotonic()
        while waiting and not process.has_ended() and time.monotonic() - since < PATIENCE:
            time.sleep(OFTEN)
            now = condition().urgent
            if now != waiting:
                waiting, since = now, time.monotonic()


def _work(stop: threading.Event) -> None:
    """What it stumbles over, the import stumbles over too, and says so in a sentence; what it leaves undone is done afterwards."""
    logging.disable()
    os.nice(BEHIND)
    processes.fork_ahead()
    with in_library_language():
        Worker().run_beside(stop)


def _how_to_go_on(run: ImportRun) -> str:
    return _("Lanjutkan dengan: %(command)s") % {"command": command(f"import --resume {run.pk}")}


def _opened(name: str) -> BinaryIO:
    return sys.stdin.buffer if name == PIPE else Path(name).open("rb")


def _sentences(name: str, refused: Refused) -> str:
    """Each reason by the name of the file; what the pages ask to be confirmed is confirmed here by an option."""
    again = _("%(file)s: berkas yang sama persis sudah diimpor (impor nomor %(run)s). Untuk mengimpornya lagi: --again")
    return "\n".join(
        again % {"file": name, "run": reason.facts["run"]} if reason.code == ALREADY_IMPORTED.code else f"{name}: {reason}"
        for reason in refused.reasons
    )
