from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcquisitionsConfig(AppConfig):
    name = "lumbung.acquisitions"
    label = "acquisitions"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.acquisitions import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.acquisitions.domain import joined_members, joined_titles, own_data  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue.domain import record_followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first

        holdings.register(own_data.HOLDING)
        followers.follow(joined_members.FOLLOWER)
        record_followers.follow(joined_titles.FOLLOWER)
        declare(permissions.SEE, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        declare(permissions.ASK, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        declare(permissions.SELECT, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.ORDER, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.RECEIVE, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        declare(permissions.PROCESS, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        declare(permissions.FUNDS, {Role.HEAD})
        navigation.add("collection", _("Pengadaan"), "acquisitions:requests", permissions.SEE, icon="plus")
        navigation.stands_under("acquisitions:requests", "/staff/acquisitions")
        rooms.declare(
            rooms.Room(
                "acquisitions",
                _("Pengadaan"),
                _("Usulan, seleksi, pesanan, penerimaan, dan pengolahan sampai ke rak."),
                icon="list",
            )
        )
