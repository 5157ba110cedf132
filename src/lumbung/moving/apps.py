from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MovingConfig(AppConfig):
    name = "lumbung.moving"
    label = "moving"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue.domain import moved_copies  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.moving import permissions, queries  # noqa: PLC0415 -- models must be loaded first
        from lumbung.moving.domain import joined_members  # noqa: PLC0415 -- models must be loaded first

        moved_copies.tell(queries.copies_of)
        followers.follow(joined_members.FOLLOWER)
        declare(permissions.MOVE, {Role.HEAD, Role.ADMIN})
        declare(permissions.LEAVE, {Role.ADMIN})
        navigation.add("library", _("Pindah dari sistem lain"), "moving:moves", permissions.MOVE, icon="upload")
        navigation.add("library", _("Bawa keluar seluruhnya"), "moving:departures", permissions.LEAVE, icon="download")
