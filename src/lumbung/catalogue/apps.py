from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "lumbung.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue import permissions  # noqa: PLC0415 -- models must be loaded first

        cataloguers = {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD}
        declare(permissions.SEE, cataloguers | {Role.CIRCULATION})
        declare(permissions.EDIT, cataloguers)
        declare(permissions.ITEMS, cataloguers)
        declare(permissions.IMPORT, cataloguers)
        declare(permissions.UNDO_IMPORT, cataloguers)
        declare(permissions.EXPORT, cataloguers)
        declare(permissions.ITEM_TYPES, {Role.LIBRARIAN, Role.HEAD})
