"""The feeds: where they lead, what stands in them."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Record
from lumbung.digital.queries import Asker, open_e_holds, open_e_loans
from lumbung.discovery.gateways.opds.editions import Edition
from lumbung.discovery.gateways.opds.publications import publications
from lumbung.discovery.queries.facets import FACET_LABELS, label_of
from lumbung.discovery.queries.offered_titles import (
    KINDS,
    LENT,
    OPEN,
    ORDERS,
    SIZE,
    Offered,
    Wanted,
    count_offered,
    newest_offered,
    offered_titles,
    values_offered,
)
from lumbung.formats.opds import Facet, Feed, Group, Link, Option, Publication
from lumbung.formats.opds.shapes import SEARCH_1, SHELF
from lumbung.kernel import clock
from lumbung.organization.queries import library

IN_GROUP = 10
MOST_OPTIONS = 20
LONGEST = 500
NEW, SUBSECTION = "http://opds-spec.org/sort/new", "subsection"


def wanted_in(given: QueryDict) -> Wanted:
    """What an address asks for; what makes no sense in it is left out."""
    texts = {name: " ".join(given.get(name, "").split())[:LONGEST] for name in ("query", "title", "author")}
    page = given.get("page", "")
    return Wanted(
        words=texts["query"],
        title=texts["title"],
        author=texts["author"],
        chosen={name: value for name in KINDS if (value := given.get(name, "")[:20])},
        way=way if (way := given.get("way", "")) in {OPEN, LENT} else "",
        order=order if (order := given.get("order", "")) in ORDERS else "",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,  # noqa: PLR2004 -- no feed has more pages
    )


def root(edition: Edition, asker: Asker) -> Feed:
    """Where every program begins."""
    count = count_offered(asker)
    ways = [
        Link(
            edition.href("titles", order="newest"), edition.feeds, [NEW], _("Terbaru"), _("Yang terakhir ditambahkan."), count
        ),
        Link(edition.href("titles", order="title"), edition.feeds, [SUBSECTION], _("Semua judul"), _("Menurut abjad."), count),
    ]
    for name in KINDS:
        title, said = str(FACET_LABELS[name]), _("Dipilah menurut %(what)s.") % {"what": str(FACET_LABELS[name]).lower()}
        ways.append(Link(edition.href("values", name), edition.ways, [SUBSECTION], title, said))
    groups = []
    if edition.is_json:
        newest = publications(newest_offered(asker, IN_GROUP), edition, asker)
        groups.append(Group(_("Terbaru"), edition.href("titles", order="newest"), count, newest))
    return _feed(edition, library().name, edition.href("root"), navigation=ways, groups=groups)


def values(edition: Edition, name: str, asker: Asker) -> Feed:
    """The values of one kind, each leading to its titles. Raises Http404 for a kind there is not."""
    if name not in KINDS:
        raise Http404
    ways = [
        Link(edition.href("titles", **{name: value}), edition.feeds, [SUBSECTION], label_of(name, value), "", count)
        for value, count in values_offered(asker, name)
    ]
    return _feed(edition, str(FACET_LABELS[name]), edition.href("values", name), navigation=ways or [_back(edition)])


def titles(edition: Edition, wanted: Wanted, asker: Asker) -> Feed:
    """A page of titles. Raises ``NotReady`` while words cannot be searched."""
    found = offered_titles(wanted, asker)
    told = publications(found.records, edition, asker)
    title = _("Hasil pencarian “%(words)s”") % {"words": wanted.question} if wanted.asks else _("Judul digital")
    here = replace(wanted, page=found.page)
    return _feed(
        edition,
        title,
        _address(edition, here),
        publications=told,
        facets=_facets(edition, here, found),
        total=found.total,
        size=SIZE,
        page=found.page,
        pages=_pages(edition, here, found.pages),
    )


def title(edition: Edition, record: Record, asker: Asker) -> Publication:
    """One title, with all that is known of its copies. Raises Http404 when the asker may have nothing of it."""
    told = publications([record], edition, asker, alone=True)
    if not told:
        raise Http404
    return told[0]


def shelf(edition: Edition, asker: Asker) -> Feed:
    """What the member has on loan, what is kept for them, and what they wait for."""
    member = asker.member
    keys: list[int] = []
    if member is not None:
        keys += [loan.lending.file.record_id for loan in open_e_loans(member)]
        keys += [hold.lending.file.record_id for hold, _estimate in open_e_holds(member)]
    rows = Record.objects.shown_to_public().in_bulk(keys)
    records = [rows[key] for key in dict.fromkeys(keys) if key in rows]
    told = publications(records, edition, asker, alone=True)
    return _feed(edition, _("Rak saya"), edition.href("shelf"), publications=told, total=len(told))


def search_template(edition: Edition) -> str:
    """Where words go: RFC 6570 in OPDS 2.0, OpenSearch in 1.2."""
    base = edition.href("titles")
    if edition.is_json:
        return f"{base}{{?query,title,author}}"
    return f"{base}?query={{searchTerms}}&author={{atom:author?}}&title={{atom:title?}}"


def _feed(edition: Edition, title: str, address: str, *, updated: datetime | None = None, **parts: object) -> Feed:
    told = parts.get("publications") or ()
    newest = max((each.modified for each in told), default=None)  # type: ignore[attr-defined]
    links = [
        Link(edition.href("root"), edition.ways, ["start"]),
        _search(edition),
        Link(edition.href("shelf"), edition.feeds, [SHELF], _("Rak saya"), sign_in=edition.sign_in),
    ]
    nothing = edition.is_json and not (told or parts.get("navigation") or parts.get("groups"))
    return Feed(
        identifier=address,
        title=title or _("Perpustakaan"),
        href=address,
        updated=updated or newest or clock.now(),
        links=links,
        author=library().name or _("Perpustakaan"),
        **({"navigation": [_back(edition)]} if nothing else {}),  # type: ignore[arg-type]
        **parts,  # type: ignore[arg-type]
    )


def _search(edition: Edition) -> Link:
    if edition.is_json:
        return Link(search_template(edition), edition.feeds, ["search"], templated=True)
    return Link(edition.whole(reverse("opds:description")), SEARCH_1, ["search"])


def _back(edition: Edition) -> Link:
    return Link(edition.href("root"), edition.ways, ["start"], _("Kembali ke awal"), _("Belum ada judul di sini."))


def _address(edition: Edition, wanted: Wanted, **changes: object) -> str:
    told = {
        "query": wanted.words,
        "title": wanted.title,
        "author": wanted.author,
        **wanted.chosen,
        "way": wanted.way,
        "order": wanted.order,
        "page": wanted.page if wanted.page > 1 else "",
    } | changes
    parameters = urlencode([(name, value) for name, value in told.items() if value])
    return edition.href("titles") + (f"?{parameters}" if parameters else "")


def _pages(edition: Edition, wanted: Wanted, last: int) -> dict[str, str]:
    wants = {"first": 1, "previous": wanted.page - 1, "next": wanted.page + 1, "last": last}
    there = {name: page for name, page in wants.items() if 1 <= page <= last}
    return {name: _address(edition, wanted, page=page if page > 1 else "") for name, page in there.items()}


def _facets(edition: Edition, wanted: Wanted, found: Offered) -> list[Facet]:
    """Orders, kinds and ways; at most one active in each, and none of a single choice."""
    orders = {"newest": _("Terbaru"), "title": _("Judul"), "year": _("Tahun terbit")}
    best = (
        [Option(_("Paling sesuai"), _address(edition, wanted, order="", page=""), is_active=not wanted.order)]
        if wanted.asks
        else []
    )
    now = wanted.order or ("" if wanted.asks else "newest")
    sorted_by = [
        Option(label, _address(edition, wanted, order=key, page=""), is_active=key == now) for key, label in orders.items()
    ]
    ways = {"": _("Semua"), OPEN: _("Langsung dibaca"), LENT: _("Dipinjam")}
    had = [
        Option(label, _address(edition, wanted, way=key, page=""), is_active=key == wanted.way) for key, label in ways.items()
    ]
    facets = [Facet(_("Urutan"), [*best, *sorted_by]), Facet(_("Cara memperoleh"), had)]
    for name in KINDS:
        chosen = wanted.chosen.get(name, "")
        options = [
            Option(label_of(name, value), _address(edition, wanted, **{name: value, "page": ""}), count, value == chosen)
            for value, count in found.counts[name][:MOST_OPTIONS]
        ]
        all_of_them = Option(_("Semua"), _address(edition, wanted, **{name: "", "page": ""}), is_active=not chosen)
        facets += [Facet(str(FACET_LABELS[name]), [all_of_them, *options])] if options else []
    return facets
