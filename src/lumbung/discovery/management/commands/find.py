from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from lumbung.discovery.notices import said
from lumbung.discovery.queries import AS_TYPED, Results, Row, search_records
from lumbung.formats.cql import Diagnostic
from lumbung.kernel.arguments import number_from
from lumbung.search.contextual import asked_in_cql
from lumbung.search.documents import Query, Sort
from lumbung.search.unready import is_to_be_made, why_unready

MOST = 100
"""Titles on one page."""


class Command(BaseCommand):
    help = gettext_noop("Mencari di katalog seperti di halaman pencarian.")
    group = "Pencarian"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="+", help=_('kata, "frasa", judul:…, pengarang:…, subjek:…, isbn:…, awal*, -bukan'))
        parser.add_argument("--cql", action="store_true", help=_("baca kata-kata ini sebagai kueri CQL 1.2"))
        parser.add_argument("--page", type=number_from(1), default=1, help=_("nomor halaman"))
        most = _("banyaknya judul per halaman, paling banyak %(most)s") % {"most": MOST}
        parser.add_argument("--size", type=number_from(1, MOST), default=10, help=most)

    def handle(self, *, query: list[str], page: int, size: int, cql: bool, **options: Any) -> None:
        text = " ".join(query)
        asked = in_cql(text, page, size) if cql else Query(words=text, page=page, size=size)
        results = search_records(asked, AnonymousUser(), plain=AS_TYPED if cql else ())
        if not results.ready:
            raise CommandError(_unanswered())
        for notice, words in results.notices:
            self.stderr.write(said(notice, words))
        for row in results.rows:
            self.stdout.write(_line(row))
        self.stdout.write(_summary(results))


def in_cql(text: str, page: int, size: int) -> Query:
    try:
        asked = asked_in_cql(text)
    except Diagnostic as fault:
        raise CommandError(_("Kueri CQL tidak dapat dijawab: %(fault)s") % {"fault": fault}) from fault
    return Query(exactly=asked.node, sort=asked.sort or Sort.RELEVANCE, page=page, size=size)


def _unanswered() -> str:
    """Why, and what whoever sits at the machine can do."""
    advice = [_("Bila tidak ada kerja latar: lumbung reindex")] if is_to_be_made() else []
    return " ".join([why_unready(), *advice])


def _line(row: Row) -> str:
    parts = [row.title, row.creator, row.publication, row.call_number, f"{row.available}/{row.total}"]
    return f"{row.pk:>8}  " + " · ".join(part for part in parts if part)


def _summary(results: Results) -> str:
    counted = ngettext(
        "%(total)s judul, halaman %(page)s dari %(pages)s.", "%(total)s judul, halaman %(page)s dari %(pages)s.", results.total
    )
    told = [counted % {"total": results.total, "page": results.page, "pages": results.pages}]
    return " ".join([*told, *([_("Tidak ada yang memuat semua kata; ini yang terdekat.")] if results.relaxed else [])])
