from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MembersConfig(AppConfig):
    name = "lumbung.members"
    label = "members"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.domain.sign_in import also_by  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members import permissions, queries  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.clearance import measured  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.merging import own as merging  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings, own  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.domain import measures  # noqa: PLC0415 -- models must be loaded first

        desk = {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD}
        declare(permissions.SEE, desk)
        declare(permissions.CHANGE, desk)
        declare(permissions.BLOCK, desk)
        declare(permissions.ACTIVATE, desk)
        declare(permissions.EXPORT, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.CATEGORIES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.CLEARANCE_VERIFY, {Role.VERIFIER, *desk})
        declare(permissions.CLEARANCE_SEE, desk)
        declare(permissions.CLEARANCE_ISSUE, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.CLEARANCE_SET, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.IMPORT, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.MERGE, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.PRIVACY, {Role.LIBRARIAN, Role.HEAD})
        measures.register(measured.MEASURE)
        holdings.register(own.HOLDING)
        for each in merging.OWN:
            followers.follow(each)
        also_by(queries.user_of_code)
        navigation.add("members", pgettext_lazy("many", "Anggota"), "members:members", permissions.SEE, icon="people")
        navigation.add(
            "members", pgettext_lazy("many", "Kategori anggota"), "members:categories", permissions.CATEGORIES, icon="list"
        )
        navigation.add("members", _("Permintaan menjadi anggota"), "members:join_requests", permissions.CHANGE, icon="mail")
        navigation.add("members", _("Banyak anggota sekaligus"), "members:runs", permissions.IMPORT, icon="renew")
        navigation.add("members", _("Mungkin terdaftar dua kali"), "members:doubles", permissions.MERGE, icon="people")
        navigation.add("members", _("Bebas pustaka"), "members:clearances", permissions.CLEARANCE_VERIFY, icon="check")
        navigation.add("members", _("Data pribadi"), "members:privacy", permissions.PRIVACY, icon="key")
