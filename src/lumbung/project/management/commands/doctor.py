from typing import Any

from django.core.management.base import BaseCommand

from lumbung.kernel import health


class Command(BaseCommand):
    help = "Memeriksa semuanya dan mengatakan apa yang perlu diperbaiki. Kode keluar 1 bila ada yang gawat."
    group = "Pemeliharaan"
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        grave = light = 0
        for name, troubles in health.examine():
            mark = "✗" if any(trouble.grave for trouble in troubles) else "!" if troubles else "✓"
            self.stdout.write(f"{mark} {name}")
            for trouble in troubles:
                self.stdout.write(f"    {trouble.what}\n    → {trouble.mend}")
                grave += trouble.grave
                light += not trouble.grave
        if grave:
            self.stdout.write(f"\n{grave} masalah gawat, {light} catatan.")
            raise SystemExit(1)
        self.stdout.write(f"\nLumbung sehat; {light} catatan." if light else "\nLumbung sehat.")
