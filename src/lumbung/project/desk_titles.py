"""Titles at the desk: found by the search of readers, told with availability, held by circulation. Wired here, for they are siblings."""

from collections.abc import Collection, Sequence
from itertools import zip_longest

from django.conf import settings
from django.utils.translation import gettext as _

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.models import Record
from lumbung.circulation.domain.holds import place_hold
from lumbung.desk.domain.finding import Title, register
from lumbung.discovery import citing
from lumbung.discovery.classes import caption, classes_of
from lumbung.discovery.queries import search_records
from lumbung.discovery.queries.reading_on import similar
from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.formats.citation import Work
from lumbung.kernel import events
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady

SHOWN = 6
ALIKE, LOOKED_AT = 4, 3


def wire() -> None:
    """Called once, at start-up."""
    register(find=find, tell=tell, alike=alike, hold=hold, cite=cite, styles=citing.choices, export=export, subjects=subjects)


def find(words: str) -> list[Title]:
    """The first titles a reader would find for these words. Raises ``NotReady`` while nothing can be searched."""
    results = search_records(Query(words=words, size=SHOWN, facets=()), None)
    if not results.ready:
        raise NotReady
    return [_title(row) for row in results.rows]


def tell(keys: Sequence[int]) -> list[Title]:
    """These titles, as a reader may see them."""
    return [_title(row) for row in rows_of(keys, None)]


def alike(keys: Sequence[int]) -> list[Title]:
    """Titles that share most subjects with the last of these, each of them in turn until there are enough."""
    records = Record.objects.listed().shown_to_public().in_bulk(keys[-LOOKED_AT:])
    near = [similar(each, describe(each.marc_record), size=ALIKE) for each in reversed(records.values())]
    found = [each.pk for like in zip_longest(*near) for each in like if each is not None and each.pk not in keys]
    return [_title(row) for row in rows_of(list(dict.fromkeys(found))[:ALIKE], None)]


def subjects(keys: Collection[int]) -> dict[int, str]:
    """The hundred in which each of these titles is classed."""
    classed = Record.objects.filter(pk__in=keys).values_list("pk", "classification")
    return {key: caption(places[0]) for key, number in classed if (places := classes_of(number))}


def hold(record: int, member: Member, at: Branch, by: events.Actor) -> None:
    """Hold the title for the member, to be fetched there."""
    place_hold(Record.objects.get(pk=record), member=member, pickup_branch=at, by=by)


def cite(keys: Sequence[int], style: str, language: str) -> list[str]:
    """These titles as readers may see them, as a bibliography in the style."""
    return [entry.html for entry in citing.entries(_works(keys), citing.known(style), language=language)]


def export(keys: Sequence[int], form: str) -> tuple[str, str]:
    """The same for reference managers, and its content type."""
    written = citing.FORMS[form]
    return written.written(_works(keys)), written.content_type


def _works(keys: Sequence[int]) -> list[Work]:
    shown = [row.pk for row in rows_of(keys, None)]
    records = Record.objects.in_bulk(shown)
    return citing.works_of([records[key] for key in shown], f"{settings.SITE_URL}/records/")


def _title(row: Row) -> Title:
    places = [copies.branch.name for copies in row.copies if copies.available]
    states = {"reference": _("baca di tempat"), "on_loan": _("sedang dipinjam"), "none": _("tanpa eksemplar cetak")}
    said = states.get(row.state) or _("tersedia %(n)s (%(places)s)") % {"n": row.available, "places": ", ".join(places)}
    about = ", ".join(filter(None, [row.creator, str(row.year or "")]))
    return Title(row.pk, row.title_told, about, said, f"{settings.SITE_URL}/records/{row.pk}")
