from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy


class CatalogueConfig(AppConfig):
    name = "lumbung.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue import checks, permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.catalogue.domain import likely_pairs, record_followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import health  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first

        health.add(gettext_noop("impor"), checks.no_import_was_left)
        record_followers.follow(likely_pairs.FOLLOWER)

        cataloguers = {Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD}
        declare(permissions.SEE, cataloguers | {Role.CIRCULATION})
        declare(permissions.EDIT, cataloguers)
        declare(permissions.ITEMS, cataloguers)
        declare(permissions.IMPORT, cataloguers)
        declare(permissions.UNDO_IMPORT, cataloguers)
        declare(permissions.EXPORT, cataloguers)
        declare(permissions.BATCHES, cataloguers)
        declare(permissions.WITHDRAW, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.CALL_NUMBERS, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.AUTHORITIES, cataloguers)
        declare(permissions.ITEM_TYPES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.COUNT, cataloguers | {Role.CIRCULATION})
        declare(permissions.STOCK_TAKES, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.TARGETS, {Role.LIBRARIAN, Role.HEAD})

        navigation.add("collection", _("Judul dan eksemplar"), "catalogue:records", permissions.SEE, icon="book")
        navigation.stands_under("catalogue:records", "/staff/items")
        navigation.add("collection", _("Salin dari katalog lain"), "catalogue:copying", permissions.EDIT, icon="download")
        navigation.add("collection", pgettext_lazy("many", "Tajuk"), "catalogue:authorities", permissions.SEE, icon="list")
        navigation.stands_under("catalogue:authorities", "/staff/heading-changes")
        navigation.add("collection", _("Mungkin ganda"), "catalogue:likely_pairs", permissions.EDIT, icon="people")
        navigation.stands_under("catalogue:likely_pairs", "/staff/mergers")
        navigation.add("collection", _("Draf saya"), "catalogue:drafts", permissions.EDIT, icon="edit")
        navigation.add("collection", _("Opname"), "catalogue:stock_takes", permissions.COUNT, icon="check")
        navigation.add("collection", _("Buku induk"), "catalogue:accessions", permissions.SEE, icon="journal")
        navigation.add("collection", _("Label dan kartu"), "catalogue:labels", permissions.ITEMS, icon="print")
        navigation.add("collection", _("Perbaikan"), "catalogue:repairs", permissions.ITEMS, icon="edit")
        navigation.add("collection", _("Penyiangan"), "catalogue:withdrawals", permissions.ITEMS, icon="trash")
        navigation.add("collection", _("Mutu cantuman"), "catalogue:quality", permissions.SEE, icon="check")
        navigation.add("collection", _("Ubah massal"), "catalogue:batches", permissions.BATCHES, icon="list")
        navigation.add("collection", _("Impor"), "catalogue:imports", permissions.IMPORT, icon="upload")
        navigation.add("collection", _("Ekspor"), "catalogue:export", permissions.EXPORT, icon="download")
        navigation.add(
            "library", pgettext_lazy("many", "Jenis eksemplar"), "catalogue:item_types", permissions.ITEM_TYPES, icon="list"
        )
        navigation.add("library", _("Katalog lain"), "catalogue:targets", permissions.TARGETS, icon="link")
        navigation.stands_under("catalogue:targets", "/staff/profiles")
        navigation.add("library", _("Padanan 2X dan 297"), "catalogue:crosswalk", permissions.SEE, icon="link")
        navigation.add(
            "library", pgettext_lazy("many", "Nama orang"), "catalogue:name_rule", permissions.CALL_NUMBERS, icon="people"
        )
        navigation.add(
            "library", pgettext_lazy("many", "Nomor panggil"), "catalogue:call_numbers", permissions.CALL_NUMBERS, icon="rule"
        )
