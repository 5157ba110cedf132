from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "lumbung.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.knowledge import kinds, materials, permissions, work_kinds  # noqa: PLC0415 -- models must be loaded first
        from lumbung.knowledge.domain import figures, own_data, signals  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first

        declare(permissions.ENTER, [role for role in Role if role is not Role.MEMBER])
        declare(permissions.MANAGE, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.LEAD, {Role.HEAD})
        declare(permissions.NETWORKS, {Role.HEAD})
        navigation.add("knowledge", _("Portal pengetahuan"), "knowledge:home", permissions.ENTER, icon="people")
        work_kinds.register_kinds()
        signals.register(signals.Source("figures", figures.figures_of))
        kinds.register_kinds()
        materials.register_materials()
        holdings.register(own_data.HOLDING)
        rooms.declare(
            rooms.Room(
                "knowledge",
                _("Portal pengetahuan"),
                _("Rapat, notula, artikel, komunitas, dan pembelajaran petugas."),
                icon="people",
            )
        )
