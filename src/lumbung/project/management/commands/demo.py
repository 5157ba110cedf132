import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.refusals import Refused
from lumbung.kernel.terminal import in_library_language, in_this_language
from lumbung.project.demonstration.fill import fill


class Command(BaseCommand):
    group = "Pemasangan"
    help = gettext_noop(
        "Mengisi pemasangan yang kosong dengan perpustakaan peragaan: judul nyata, anggota rekaan, satu semester peminjaman."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help=_("Kata sandi untuk semua akun peragaan; tanpa ini dibuatkan."))

    def handle(self, *, password: str | None = None, **options: Any) -> None:
        password = password or secrets.token_hex(6)
        try:
            say = in_this_language(self._say)
            with in_library_language():
                first = fill(password, say=say)
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        _keep_sign_in(Path(settings.DATA), first.username, password)

    def _say(self, progress: str) -> None:
        self.stderr.write("  " + _("peragaan: %(progress)s") % {"progress": progress})


def _keep_sign_in(folder: Path, username: str, password: str) -> None:
    """Leave the first librarian's sign-in where only the owner of the data folder can read it."""
    path = folder / "first-librarian.txt"
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{username}\n{password}\n")
