"""Citations on screen and as files: the styles a reader may choose, and the forms reference managers read."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.domain.citable import work_of
from lumbung.catalogue.domain.host_records import with_hosts
from lumbung.catalogue.models import Record
from lumbung.discovery.models import CitationStyle
from lumbung.formats.citation import STYLES, Entry, Style, Work, bibliography, bibtex_of_all, csl_json, ris
from lumbung.kernel.remembered import remembered

DEFAULT = "apa"


@dataclass(frozen=True, slots=True)
class Form:
    """A file for reference managers."""

    name: str
    content_type: str
    written: Callable[[Sequence[Work]], str]


def _all_ris(works: Sequence[Work]) -> str:
    return "".join(ris(work) for work in works)


def _all_csl(works: Sequence[Work]) -> str:
    return json.dumps([csl_json(work) for work in works], ensure_ascii=False, indent=1) + "\n"


FORMS = {
    "ris": Form("RIS", "application/x-research-info-systems", _all_ris),
    "bib": Form("BibTeX", "application/x-bibtex", bibtex_of_all),
    "json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", _all_csl),
}


@remembered()
def own_styles() -> tuple[tuple[str, str, Style], ...]:
    """The styles the library added: the word for each in addresses, its title, and the style."""
    rows = CitationStyle.objects.filter(removed_at=None)
    return tuple((row.word, row.title, Style(row.title, row.rights, row.xml.encode())) for row in rows)


def choices() -> list[tuple[str, str]]:
    """Every style a reader may choose, as (word, name)."""
    return [(word, name) for word, (name, _file) in STYLES.items()] + [(word, title) for word, title, _style in own_styles()]


def known(word: str) -> str:
    """The word if there is such a style, else that of the one to begin with."""
    return word if word in dict(choices()) else DEFAULT


def entries(works: Sequence[Work], word: str, *, language: str) -> list[Entry]:
    """The works as a bibliography in the style called ``word`` (one of ``choices``)."""
    own = {name: style for name, _title, style in own_styles()}
    return bibliography(works, own.get(word, word), language=language)


def works_of(records: Sequence[Record], base: str) -> list[Work]:
    """The records, read whole, as works to cite; ``base`` begins the address of each (``https://perpus.example/records/``)."""
    said = with_hosts([describe(record.marc_record) for record in records])
    return [work_of(each, url=f"{base}{record.pk}") for each, record in zip(said, records, strict=True)]
