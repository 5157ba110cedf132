from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.gate import change_intranet
from lumbung.knowledge.queries.access import intranet


class Command(BaseCommand):
    group = "Pemeliharaan"
    help = gettext_noop(
        "Menunjukkan atau mengganti jaringan yang boleh membuka portal pengetahuan, bila tidak ada lagi yang dapat masuk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("network", nargs="*", help=_("Jaringan, misalnya 10.20.0.0/16; tanpa ini hanya ditunjukkan."))

    def handle(self, *, network: list[str], **options: Any) -> None:
        if network:
            try:
                change_intranet(networks="\n".join(network), seen_from=None, by=None)
            except Refused as refused:
                raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        self.stdout.write(intranet().networks or _("semua jaringan privat"))
