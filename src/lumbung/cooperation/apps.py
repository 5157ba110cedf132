from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "lumbung.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.cooperation import permissions  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.kernel import rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first

        declare(permissions.SHARE, {Role.LIBRARIAN, Role.HEAD, Role.CATALOGUER})
        declare(permissions.GATHER, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.USAGE, {Role.LIBRARIAN, Role.HEAD})
        navigation.add("library", _("Pemakaian digital"), "cooperation:usage", permissions.USAGE, icon="list")
        navigation.add("collection", _("Panen"), "cooperation:harvest", permissions.SHARE, icon="share")
        navigation.add("collection", _("Siap RAMA dan OneSearch"), "cooperation:readiness", permissions.SHARE, icon="check")
        navigation.add("collection", _("Sumber panen"), "cooperation:sources", permissions.GATHER, icon="download")
        rooms.declare(
            rooms.Room(
                "cooperation",
                _("Kerja sama"),
                _("Panen OAI-PMH dan laporan COUNTER bagi perpustakaan lain."),
                icon="link",
            )
        )
