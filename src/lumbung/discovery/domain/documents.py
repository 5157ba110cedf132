"""The search document of a record: what the catalogue says of it, and whether a copy can be had now."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from zlib import crc32

from django.db.models import Exists, OuterRef

from lumbung.catalogue.domain.bibliographic import Description, Findable
from lumbung.catalogue.domain.crosswalk.numbers import counterpart, key_of
from lumbung.catalogue.domain.readings import findables
from lumbung.catalogue.domain.work_places import EFFECTIVE
from lumbung.catalogue.models import Record
from lumbung.catalogue.queries import class_pairs, see_references_of
from lumbung.circulation.queries import Availability, availability_of, loans_counted
from lumbung.digital.models import File, Parts
from lumbung.discovery.classes import places_of
from lumbung.discovery.domain.labels import Labels, labels_of
from lumbung.kernel.rows import among
from lumbung.search.documents import Document
from lumbung.search.fields import as_json
from lumbung.search.identifiers import forms_of_call_number
from lumbung.search.ranking import standing

AVAILABLE, ON_LOAN, REFERENCE = "available", "on_loan", "reference"
PRINT, ONLINE, FULL_TEXT, HERE = "print", "online", "full_text", "here"
_FULL_TEXT = re.compile(r"full.?text|teks (?:lengkap|penuh)|naskah lengkap|\.(?:pdf|epub)(?:$|[?#])", re.IGNORECASE)
LITERARY_FORMS = {
    "1": "fiksi fiction",
    "d": "drama fiksi fiction",
    "e": "esai essay",
    "f": "novel fiksi fiction",
    "h": "humor satire",
    "i": "surat letters",
    "j": "cerpen cerita pendek fiksi short stories fiction",
    "m": "bunga rampai sastra literary miscellany",
    "p": "puisi poetry",
    "s": "pidato speeches",
}
"""By what words a reader asks for books of these forms (the codes of MARC 21)."""
FILES = File.objects.current().filter(record=OuterRef("pk")).exclude(part=Parts.CAPTIONS)
TEXTS = FILES.filter(media_type__in=["application/pdf", "application/epub+zip"])
COLUMNS = ("pk", "findable", "suppressed", "created_at", EFFECTIVE, Exists(FILES), Exists(TEXTS))


def documents_of(keys: Collection[int], labels: Labels | None = None, *, read_at: int = 0) -> list[Document]:
    """The documents of those records that exist, in a number of statements that does not grow with them. ``labels`` are those of their
    copies, where they have been read already.

    ``read_at`` is a ``moment`` before this reading; whoever puts the documents into the index tells it.
    """
    rows = Record.objects.filter(**among(keys)).values_list(*COLUMNS)
    said = findables({row[0]: row[1] for row in rows})
    copies = availability_of(keys)
    labels = labels_of(keys) if labels is None else labels
    lent = loans_counted(keys)
    other_names = see_references_of(keys)
    return [
        document_of(
            key,
            said[key],
            copies[key],
            [form for label in labels.get(key, ()) for form in (label.barcode, *forms_of_call_number(label.call_number))],
            other_names=other_names.get(key, ()),
            added=created_at,
            hidden=suppressed,
            work=work,
            held=[HERE, ONLINE] * has_files + [FULL_TEXT] * has_text,
            popularity=lent.get(key, 0) + copies[key].waiting,
            read_at=read_at,
        )
        for key, _, suppressed, created_at, work, has_files, has_text in rows
        if key in said
    ]


def document_of(
    key: int,
    said: Findable | Description,
    copies: Availability,
    item_numbers: Iterable[str],
    *,
    other_names: Collection[tuple[bool, str]] = (),
    added: datetime,
    hidden: bool,
    work: str,
    popularity: int = 0,
    read_at: int = 0,
    held: Collection[str] = (),
) -> Document:
    """The document of one record. Its version is a digest of all it holds, so the comparison sees any difference.

    ``other_names`` are see references of its headings, each with whether the record is about it; ``held`` are the ways to read the
    digital files that the library keeps of it.
    """
    texts, facets = _texts(said, item_numbers, other_names), _facets(said, copies, held)
    whole = (texts, facets, said.year, hidden, work, standing(popularity, said.year))
    return Document(
        key=key,
        texts=texts,
        facets=facets,
        year=said.year,
        added=int(added.timestamp()),
        version=crc32(as_json(whole)),
        hidden=hidden,
        popularity=popularity,
        work=work,
        read_at=read_at,
    )


def availability_facet(copies: Availability) -> list[str]:
    """How a title can be had: to borrow now, to read in the library, or not until a copy comes back. Nothing without copies.

    A copy at rest counts as to be had, since its rest ends with a day and no event.
    """
    ways = [AVAILABLE] * bool(copies.available or copies.resting) + [REFERENCE] * bool(copies.in_house)
    return ways or [ON_LOAN] * bool(copies.total)


def ways_to_read(said: Findable | Description, copies: int, held: Collection[str] = ()) -> list[str]:
    """On paper, online, whether what is online is the full text, and whether the library itself keeps it (``held``)."""
    own = [link for link in said.links if not link.related]
    full = any(_FULL_TEXT.search(f"{link.label} {link.url}") for link in own)
    told = [PRINT] * bool(copies) + [ONLINE] * bool(own) + [FULL_TEXT] * full
    return sorted({*told, *held}, key=(PRINT, ONLINE, FULL_TEXT, HERE).index)


def _texts(
    said: Findable | Description, item_numbers: Iterable[str], other_names: Collection[tuple[bool, str]]
) -> dict[str, list[str]]:
    made_by, about = ([name for is_about, name in other_names if is_about is wanted] for wanted in (False, True))
    numbers = [each.value for each in said.numbers]
    return {
        "title": _each(said.title, *said.titles_in_other_scripts, *said.other_titles, *said.works),
        "creator": _each(*said.names, *said.names_in_other_scripts, said.responsibility, *made_by),
        "subject": _each(*(each.text for each in said.subjects), LITERARY_FORMS.get(said.literary_form, ""), *about),
        "series": _each(*said.series),
        "identifier": _each(*numbers, *_bare(said.student_numbers), said.classification, *item_numbers),
        "class": _each(said.classification, _other_class(said.classification)),
        "note": _each(said.edition, said.summary, *said.contents, said.thesis, *said.notes, said.publisher, said.place),
    }


def _facets(said: Findable | Description, copies: Availability, held: Collection[str]) -> dict[str, list[str]]:
    branches = [str(branch) for branch, held in sorted(copies.branches.items()) if held.total]
    return {
        "material": [said.material],
        "language": list(said.languages[:1]),
        "year": [str(said.year)] if said.year else [],
        "classification": places_of(said.classification, _other_class(said.classification)),
        "access": ways_to_read(said, copies.total, held),
        "programme": _each(said.programme),
        "subject": _each(*(each.heading for each in said.subjects)),
        "creator": _each(*said.names),
        "branch": branches,
        "availability": availability_facet(copies),
    }


def _other_class(classification: str) -> str:
    """What a class of Islam is in the other scheme; the crosswalk is asked for no other class."""
    return counterpart(classification, class_pairs()) if key_of(classification) else ""


def _bare(numbers: Iterable[str]) -> list[str]:
    """Numbers as written, and in letters and digits alone: 1301.20.0045 is also 1301200045."""
    return [form for number in numbers for form in (number, re.sub(r"[\W_]", "", number))]


def _each(*texts: str) -> list[str]:
    """Every text once, without the empty ones."""
    return list(dict.fromkeys(filter(None, texts)))
