from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "lumbung.spaces"
    label = "spaces"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.domain import measures  # noqa: PLC0415 -- models must be loaded first
        from lumbung.spaces import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.spaces.domain import joined_members, measured, own_data  # noqa: PLC0415 -- models must be loaded first

        measures.register(measured.MEASURE)
        holdings.register(own_data.HOLDING)
        followers.follow(joined_members.FOLLOWER)
        declare(permissions.SEE, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.RECORD, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.GATES, {Role.LIBRARIAN, Role.HEAD})

        navigation.add("desk", _("Kunjungan"), "spaces:visits", permissions.SEE, icon="people")
        navigation.add("library", _("Pintu dan buku tamu"), "spaces:gates", permissions.GATES, icon="place")
        rooms.declare(
            rooms.Room("spaces", _("Kunjungan"), _("Pintu dan buku tamu: siapa datang, kapan, untuk apa."), icon="people")
        )
