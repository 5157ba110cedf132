from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel import health
from lumbung.project.trouble import DATA, NOT_PREPARED, Trouble


class Command(BaseCommand):
    help = gettext_noop("Memeriksa semuanya dan mengatakan apa yang perlu diperbaiki. Kode keluar 1 bila ada yang gawat.")
    group = "Pemeliharaan"
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        if _is_new():
            raise Trouble(NOT_PREPARED, exit_code=DATA, place=settings.DATA)
        grave = light = 0
        for name, troubles in health.examine():
            mark = "✗" if any(trouble.grave for trouble in troubles) else "!" if troubles else "✓"
            self.stdout.write(f"{mark} {name}")
            for trouble in troubles:
                self.stdout.write(f"    {trouble.what}\n    → {trouble.mend}")
                grave += trouble.grave
                light += not trouble.grave
        if grave:
            self.stdout.write("\n" + _("%(grave)s masalah gawat, %(light)s catatan.") % {"grave": grave, "light": light})
            raise SystemExit(1)
        told = _("Lumbung sehat; %(light)s catatan.") % {"light": light} if light else _("Lumbung sehat.")
        self.stdout.write(f"\n{told}")


def _is_new() -> bool:
    """Whether nothing was ever prepared here. A database that cannot be asked is for the checks to name."""
    try:
        return not MigrationRecorder(connection).has_table()
    except DatabaseError:
        return False
