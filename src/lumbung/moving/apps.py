from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "lumbung.moving"
    label = "moving"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.moving import permissions  # noqa: PLC0415 -- models must be loaded first

        declare(permissions.MOVE, {Role.HEAD, Role.ADMIN})
