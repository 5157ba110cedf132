"""What is served of a record, made once when it changes: a harvest of a million records then reads and sends, and cannot fail on one."""

import logging
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.catalogue.domain.citable import work_of
from lumbung.catalogue.models import Record as Row
from lumbung.cooperation.domain.openness import kind, rights
from lumbung.cooperation.domain.theses import thesis_of
from lumbung.cooperation.queries.forms import BETWEEN, FORMS, PAGE, SITE
from lumbung.cooperation.queries.full_texts import FullText
from lumbung.cooperation.queries.programmes import Programme, Programmes
from lumbung.formats import dublin_core, mods
from lumbung.formats.datacite import datacite
from lumbung.formats.dublin_core.flat import flat, simple
from lumbung.formats.dublin_core.qualified import refined
from lumbung.formats.marc import Record
from lumbung.formats.marc.slim import to_slim
from lumbung.formats.thesis import Thesis, etdms, rama

logger = logging.getLogger(__name__)
OWN = "900"
"""From this tag on libraries keep what is theirs alone, such as copies."""
LOCAL_NOTES = frozenset(map(str, range(590, 600)))
HARDNESS = 4
Told = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Every form, in the order of FORMS and empty where it could not be made or does not fit; ``faults`` are the names of the former."""

    forms: list[str]
    faults: list[str]
    thesis: Thesis | None = None
    programme: Programme | None = None

    def packed(self) -> bytes:
        return zlib.compress(BETWEEN.join(self.forms).encode(), HARDNESS)


def prepared(row: Row, marc: Record, said: Description, programmes: Programmes, full_text: FullText | None = None) -> Prepared:
    """What is served of the record. A form that cannot be made is left empty; the others are served all the same."""
    thesis, studied = thesis_of(marc, said, programmes) if said.thesis or said.material == "thesis" else (None, None)
    told = _dublin_core(marc, said, thesis, full_text)
    page = _doors("dc:identifier", full_text)
    makers: dict[str, Callable[[], str]] = {
        "oai_dc": lambda: simple(told) + page,
        "marc21": lambda: to_slim(_public(marc)) + _links(full_text),
        "mods": lambda: _mods(marc, full_text),
        "qdc": lambda: flat(refined(_public(marc), told)) + page,
        "oai_etdms": lambda: etdms(thesis, told, pages=_addresses(full_text)) if thesis else "",
        "rama": lambda: simple(rama(thesis, told)) + page if thesis else "",
        "oai_datacite": lambda: _datacite(row, said, thesis, told),
    }
    forms, faults = [], []
    for form in FORMS:
        try:
            forms.append(makers[form.prefix]())
        except Exception:
            logger.exception("record %d cannot be handed on as %s", row.pk, form.prefix)
            forms.append("")
            faults.append(form.prefix)
    return Prepared(forms, faults, thesis, studied.programme if studied else None)


def prepared_poorly(row: Row) -> Prepared:
    """The little that the columns of a row tell, for a record whose MARC cannot be read."""
    told = [("title", row.title), ("creator", row.creator), ("publisher", row.publisher), ("date", str(row.year or ""))]
    core = simple((name, text) for name, text in told if text) + _doors("dc:identifier", None)
    faults = [form.prefix for form in FORMS if form.prefix != "oai_dc" and not form.only_theses]
    return Prepared([core if form.prefix == "oai_dc" else "" for form in FORMS], faults)


def _dublin_core(marc: Record, said: Description, thesis: Thesis | None, full_text: FullText | None) -> Told:
    told = [*dublin_core.elements(_public(marc)), *([("type", "Thesis")] if thesis else [])]
    if access := rights(marc, said, full_text):
        told += [("type", kind(said, thesis)), ("rights", access)]
    return told + [("format", media) for _, media in (full_text.files if full_text else ())]


def _datacite(row: Row, said: Description, thesis: Thesis | None, told: Told) -> str:
    return datacite(
        work_of(said, url=""),
        page=PAGE,
        site=SITE,
        since=row.created_at.year,
        supervisors=[each.name for each in thesis.supervisors] if thesis else (),
        rights=[text for name, text in told if name == "rights"],
        formats=[text for name, text in told if name == "format"],
    )


def _mods(marc: Record, full_text: FullText | None) -> str:
    told = mods.to_mods(_public(marc))
    inner = told[told.index(">") + 1 : told.rindex("</mods>")].lstrip("\n")
    files = "".join(f'<url access="raw object">{_file(key)}</url>' for key in _keys(full_text))
    return f'{inner}<location><url usage="primary" access="object in context">{PAGE}</url>{files}</location>\n'


def _public(marc: Record) -> Record:
    return Record(marc.leader, [each for each in marc.fields if each.tag < OWN and each.tag not in LOCAL_NOTES])


def _links(full_text: FullText | None) -> str:
    files = full_text.files if full_text else ()
    told = [_link("0", [("u", _file(key)), ("q", media)]) for key, media in files]
    return "".join([*told, _link("2", [("3", "Katalog"), ("u", PAGE)])])


def _link(relation: str, subfields: Told) -> str:
    inner = "".join(f'<subfield code="{code}">{text}</subfield>\n' for code, text in subfields)
    return f'<datafield tag="856" ind1="4" ind2="{relation}">\n{inner}</datafield>\n'


def _doors(name: str, full_text: FullText | None) -> str:
    """The addresses of the page and of what may be fetched, each as an element."""
    return "".join(f"<{name}>{each}</{name}>\n" for each in _addresses(full_text))


def _addresses(full_text: FullText | None) -> list[str]:
    return [PAGE, *map(_file, _keys(full_text))]


def _keys(full_text: FullText | None) -> list[int]:
    return [key for key, _ in full_text.files] if full_text else []


def _file(key: int) -> str:
    return f"{SITE}/files/{key}/download"
