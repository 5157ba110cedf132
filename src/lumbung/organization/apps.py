from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    name = "lumbung.organization"
    label = "organization"

    def ready(self) -> None:
        from lumbung.kernel.sources import Source, register  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.organization.finding import find_branches, find_services  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.permissions import CHANGE  # noqa: PLC0415 -- apps must be loaded first

        register(Source("organization.branches", _("Cabang dan jam buka"), "place", find_branches))
        register(Source("organization.services", _("Layanan"), "info", find_services))

        navigation.add("library", _("Data perpustakaan"), "organization:overview", CHANGE, icon="home")
        navigation.add("library", _("Layanan"), "organization:services_upkeep", CHANGE, icon="list")
        navigation.add("library", _("Hari tutup"), "organization:closures", CHANGE, icon="calendar")
        navigation.add("library", _("Masa dalam setahun"), "organization:periods", CHANGE, icon="clock")
        navigation.add("library", _("Program studi"), "organization:programmes", CHANGE, icon="thesis")
