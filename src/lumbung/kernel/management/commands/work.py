import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.jobs.worker import Worker
from lumbung.kernel.signals import set_by
from lumbung.kernel.terminal import in_library_language


class Command(BaseCommand):
    help = gettext_noop(
        "Menjalankan pekerjaan latar (reaksi, tugas, pekerjaan malam) sampai dihentikan dengan Ctrl-C atau SIGTERM."
    )
    group = "Pemeliharaan"
    requires_system_checks = ()  # ./lumbung check has them; here they would be half of the start

    def add_arguments(self, parser: CommandParser) -> None:
        told = _("kerjakan semua yang menunggu sekarang, lalu selesai")
        parser.add_argument("--until-idle", action="store_true", help=told)

    def handle(self, *, until_idle: bool, **options: Any) -> None:
        logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
        worker = Worker()
        if until_idle:
            with in_library_language():
                worker.work_off()
            return
        stop = threading.Event()
        set_by(stop, signal.SIGTERM, signal.SIGINT)
        self.stdout.write(_("Pekerjaan latar berjalan. Ctrl-C menghentikannya."))
        self.stdout.flush()  # a journal is no terminal
        with in_library_language():
            worker.run(stop)
        self.stdout.write(_("Pekerjaan latar berhenti."))
