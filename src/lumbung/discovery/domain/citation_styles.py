"""Styles of citation the library adds: a CSL file, checked and tried before anybody can choose it."""

from django.db import transaction

from lumbung.discovery.citing import own_styles
from lumbung.discovery.events import CitationStyleAdded, CitationStyleRemoved, CitationStyleRestored
from lumbung.discovery.models import CitationStyle
from lumbung.discovery.refusals import STYLE_ADDED, STYLE_FAULTS
from lumbung.formats.citation import LARGEST_STYLE, Fault, Kind, Name, Style, Work, bibliography, read_style
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused

SAMPLES = [
    Work(Kind.BOOK, "Bumi manusia", authors=[Name("Toer", "Pramoedya Ananta")], year=1980, publisher="Hasta Mitra"),
    Work(Kind.ARTICLE, "Membaca", authors=[Name("Sugiyono")], year=2019, host="Jurnal", volume="1", issue="2", pages="3-4"),
    Work(Kind.THESIS, "Literasi", authors=[Name("Aminah", "Siti")], year=2023, degree="Skripsi", institution="Universitas"),
    Work(Kind.BOOK, "Kamus umum", publisher="Balai Pustaka"),
]


def add_style(data: bytes, *, by: events.Actor) -> CitationStyle:
    """Add the style in the file. Refuses a file that is no complete CSL style, fails on a sample, or is there already."""
    style = read_style(data)  # reading and trying take their time, so nobody waits for a transaction
    if isinstance(style, Style) and not _writes(style):
        style = Fault.FAILS
    if isinstance(style, Fault):
        raise Refused(STYLE_FAULTS[style](most=LARGEST_STYLE // 1000))
    return _added(style, by=by)


@refuse_when_broken(a_citation_style_is_added_once=STYLE_ADDED)
@transaction.atomic
def _added(style: Style, *, by: events.Actor) -> CitationStyle:
    added = CitationStyle.objects.create(title=style.title, rights=style.rights, xml=style.xml.decode(), added_at=clock.now())
    own_styles.changed()
    events.record(CitationStyleAdded(style=added.pk), by=by)
    return added


@transaction.atomic
def remove_style(style: CitationStyle, *, by: events.Actor) -> None:
    """Take the style out of the choice; ``restore_style`` brings it back."""
    if CitationStyle.objects.filter(pk=style.pk, removed_at=None).update(removed_at=clock.now()):
        own_styles.changed()
        events.record(CitationStyleRemoved(style=style.pk), by=by)


@refuse_when_broken(a_citation_style_is_added_once=STYLE_ADDED)
@transaction.atomic
def restore_style(style: CitationStyle, *, by: events.Actor) -> None:
    """Put a removed style back. Refuses where one of its name was added meanwhile."""
    if CitationStyle.objects.filter(pk=style.pk, removed_at__isnull=False).update(removed_at=None):
        own_styles.changed()
        events.record(CitationStyleRestored(style=style.pk), by=by)


def _writes(style: Style) -> bool:
    """Whether it makes something of every sample, in both languages."""
    try:
        return all(entry.text.strip() for language in ("id", "en") for entry in bibliography(SAMPLES, style, language=language))
    except Exception:  # noqa: BLE001 -- whatever a stranger's file makes the renderer do, it is the file that is at fault
        return False
