from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class CirculationConfig(AppConfig):
    name = "lumbung.circulation"
    label = "circulation"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue.domain import lending, record_followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation.checks import accounts_agree  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation.domain import (  # noqa: PLC0415 -- models must be loaded first
            clearance,
            joined_members,
            joined_titles,
            measured,
            own_data,
        )
        from lumbung.circulation.finding import find_places  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation.queries import loans  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation.queries.loans import count_open_loans, counts_of_open_loans  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import health, sources  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain import on_loan  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.clearance import checks  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.domain import measures  # noqa: PLC0415 -- models must be loaded first

        sources.register(sources.Source("circulation.places", _("Titik ambil dan perpustakaan keliling"), "place", find_places))
        health.add(gettext_noop("rekening biaya"), accounts_agree)
        for measure in measured.MEASURES:
            measures.register(measure)
        holdings.register(own_data.HOLDING)
        on_loan.tell("circulation", count_open_loans, counts_of_open_loans)
        checks.register(clearance.NO_LOANS)
        checks.register(clearance.NO_FEES)
        lending.tell_with(loans.lent_among, loans.lent, loans.lent_since)
        for follower in joined_titles.FOLLOWERS:
            record_followers.follow(follower)
        for each in joined_members.FOLLOWERS:
            followers.follow(each)
        declare(permissions.LEND, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.SEE, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.EXPORT, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.BACK_DATE, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.WAIVE, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.RULES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.PERSONAL_RULES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.FEES, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.WAIVE_FEES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.PAYMENT_WAYS, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.CASH, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.CLOSE_DOORS, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.DELIVERY_TERMS, {Role.HEAD})
        declare(permissions.PLACES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.TERMINALS, {Role.LIBRARIAN, Role.HEAD})
        self._show_the_way()

    def _show_the_way(self) -> None:
        """The pages of this part in the menu."""
        from lumbung.circulation import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- models must be loaded first

        navigation.add("desk", _("Meja sirkulasi"), "circulation:desk", permissions.LEND, icon="desk")
        navigation.add("desk", _("Pinjaman"), "circulation:loans", permissions.SEE, icon="book")
        navigation.add("desk", _("Terlambat"), "circulation:overdue", permissions.SEE, icon="clock")
        navigation.add("desk", _("Pesanan"), "circulation:holds", permissions.SEE, icon="bookmark")
        navigation.stands_under("circulation:holds", "/staff/bookings")
        navigation.add("desk", _("Permintaan salinan"), "circulation:articles", permissions.SEE, icon="article")
        navigation.add("desk", _("Buku kas"), "circulation:cash", permissions.CASH, icon="list")
        navigation.stands_under("circulation:cash", "/staff/payments")
        navigation.stands_under("circulation:offline", "/staff/offline")
        navigation.add("desk", _("Aturan peminjaman"), "circulation:rules", permissions.RULES, icon="rule")
        navigation.add("desk", _("Meja tanpa jaringan"), "circulation:offline", permissions.LEND, icon="work")
        navigation.add("desk", _("Pinjam dengan ponsel"), "circulation:phone_lending", permissions.TERMINALS, icon="phone")
        navigation.add(
            "library", _("Layanan pintu tertutup"), "circulation:closed_doors", permissions.CLOSE_DOORS, icon="close"
        )
        navigation.add("desk", _("Kiriman ke rumah"), "circulation:parcels", permissions.LEND, icon="out")
        navigation.add("library", _("Tempat serah"), "circulation:handover_places", permissions.PLACES, icon="place")
        navigation.add("desk", _("Mesin mandiri"), "circulation:terminals", permissions.TERMINALS, icon="object")
        rooms.declare(
            rooms.Room(
                "circulation",
                _("Sirkulasi"),
                _("Meminjamkan, mengembalikan, memesan, denda, mesin mandiri, dan pinjaman lewat ponsel."),
                icon="desk",
                modules=("lumbung.discovery.web.my_fees",),
            )
        )
