from django.apps import AppConfig
from django.utils.translation import gettext_noop


class DigitalConfig(AppConfig):
    name = "lumbung.digital"
    label = "digital"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 -- translations must be ready first

        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue.domain import record_followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.digital import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.digital.domain import (  # noqa: PLC0415 -- models must be loaded first
            joined_members,
            joined_titles,
            own_data,
            storage_health,
        )
        from lumbung.digital.domain.deposits import clearance, measured  # noqa: PLC0415 -- models must be loaded first
        from lumbung.digital.queries.lending import count_shared, counts_shared, titles_lent  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import health, rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.members.domain import on_loan  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.clearance import checks  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.domain import measures  # noqa: PLC0415 -- models must be loaded first

        health.add(gettext_noop("tempat berkas digital"), storage_health.places_answer)
        health.add(gettext_noop("pemindai virus"), storage_health.scanner_answers)
        health.add(gettext_noop("pembaca hasil pindai"), storage_health.recogniser_answers)
        checks.register(clearance.THESIS_PUBLISHED)
        measures.register(measured.MEASURE)
        holdings.register(own_data.HOLDING)
        on_loan.tell("digital", count_shared, counts_shared, titles_lent)
        record_followers.follow(joined_titles.FOLLOWER)
        for each in joined_members.FOLLOWERS:
            followers.follow(each)
        declare(permissions.KEEP, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        declare(permissions.STAFF, {Role.LIBRARIAN, Role.CATALOGUER, Role.CIRCULATION, Role.HEAD})
        declare(permissions.TERMS, {Role.LIBRARIAN, Role.HEAD})

        declare(permissions.REVIEW, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})

        navigation.add("collection", _("Unggah mandiri"), "digital:queue", permissions.REVIEW, icon="upload")
        navigation.add("collection", _("Permintaan penarikan"), "digital:takedowns", permissions.KEEP, icon="alert")
        navigation.add("collection", _("Perpustakaan digital"), "digital:terms", permissions.TERMS, icon="ebook")
        declare(permissions.PRESERVE, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        navigation.add("collection", _("Pelestarian"), "digital:preservation", permissions.PRESERVE, icon="check")
        navigation.stands_under("digital:preservation", "/staff/digital/quarantine", "/staff/digital/formats")
        navigation.stands_under("catalogue:records", "/staff/files")
        declare(permissions.LEGAL_DEPOSIT, {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD})
        navigation.add("collection", _("Serah simpan"), "digital:legal_deposits", permissions.LEGAL_DEPOSIT, icon="out")
        navigation.add("collection", _("Pinjaman elektronik"), "digital:e_loans", permissions.STAFF, icon="clock")
        rooms.declare(
            rooms.Room(
                "digital",
                _("Koleksi digital"),
                _("Berkas, pembaca, peminjaman buku elektronik, repositori, dan katalog OPDS."),
                icon="ebook",
                modules=("lumbung.discovery.gateways.opds",),
            )
        )
