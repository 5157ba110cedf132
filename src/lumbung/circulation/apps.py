from django.apps import AppConfig


class CirculationConfig(AppConfig):
    name = "lumbung.circulation"
    label = "circulation"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation import permissions  # noqa: PLC0415 -- models must be loaded first

        declare(permissions.LEND, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.SEE, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.WAIVE, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.RULES, {Role.LIBRARIAN, Role.HEAD})
