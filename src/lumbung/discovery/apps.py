from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DiscoveryConfig(AppConfig):
    name = "lumbung.discovery"
    label = "discovery"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue.domain.record_followers import follow  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.domain import joined_members, measured, own_data  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.domain.joined_titles import FOLLOWER  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.queries.courses import find_courses  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.queries.help import find_help  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.sources import Source, register  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.domain import measures  # noqa: PLC0415 -- models must be loaded first
        from lumbung.search.permissions import WORDS  # noqa: PLC0415 -- apps must be loaded first

        follow(FOLLOWER)
        declare(permissions.COURSES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.RESERVES, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.STYLES, {Role.LIBRARIAN, Role.HEAD})
        navigation.add("finding", _("Kata dan sinonim"), "discovery:words", WORDS, icon="search")
        declare(permissions.CURATE, {Role.LIBRARIAN, Role.HEAD, Role.CATALOGUER})
        navigation.add("finding", _("Pilihan pustakawan"), "discovery:curated-lists", permissions.CURATE, icon="bookmark")
        navigation.add("finding", _("Keperluan pembaca"), "discovery:staff-purposes", permissions.CURATE, icon="people")
        navigation.add("finding", _("Bacaan kuliah"), "discovery:staff-courses", permissions.RESERVES, icon="list")
        navigation.add("library", pgettext_lazy("many", "Gaya sitasi"), "discovery:styles", permissions.STYLES, icon="quote")
        declare(permissions.SEARCHES, {Role.LIBRARIAN, Role.HEAD, Role.CATALOGUER})
        navigation.add("finding", _("Pencarian tanpa hasil"), "discovery:unmet", permissions.SEARCHES, icon="search")
        navigation.add(
            "finding", _("Minat dan kebutuhan pembaca"), "discovery:interest-figures", permissions.SEARCHES, icon="people"
        )
        measures.register(measured.MEASURE)
        holdings.register(own_data.HOLDING)
        for each in joined_members.FOLLOWERS:
            followers.follow(each)
        register(Source("discovery.courses", _("Bacaan kuliah"), "list", find_courses))
        register(Source("discovery.help", _("Bantuan"), "info", find_help))
