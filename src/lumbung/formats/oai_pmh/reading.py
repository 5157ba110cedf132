"""What another repository answers, read. No document type is read: no entity can be declared."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from lumbung.formats.marc.record import Field, Record

NAMESPACE = "{http://www.openarchives.org/OAI/2.0/}"
SLIM = "{http://www.loc.gov/MARC21/slim}"
DC = "{http://purl.org/dc/elements/1.1/}"


class NotOai(ValueError):
    """The bytes are no answer of OAI-PMH."""


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it came; ``metadata`` is None for one that is deleted, or that tells nothing."""

    identifier: str
    datestamp: str
    deleted: bool
    metadata: Element | None


@dataclass(slots=True)
class Listed:
    """A page of a list. ``token`` is empty where it was the last; ``errors`` are pairs of code and text."""

    response_date: str
    records: list[Received] = field(default_factory=list)
    token: str = ""
    expected: int | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Described:
    """What a repository says of itself."""

    name: str
    granularity: str
    deleted_record: str
    response_date: str


def read_list(data: bytes) -> Listed:
    """The answer to ``ListRecords``. Raises NotOai."""
    root = _root(data)
    listed = Listed(_text(root, "responseDate"))
    listed.errors = [(each.get("code", ""), (each.text or "").strip()) for each in root.iter(f"{NAMESPACE}error")]
    listed.records = [_received(each) for each in root.iter(f"{NAMESPACE}record")]
    token = next(root.iter(f"{NAMESPACE}resumptionToken"), None)
    if token is not None:
        listed.token = (token.text or "").strip()
        size = token.get("completeListSize", "")
        listed.expected = int(size) if size.isascii() and size.isdigit() and len(size) < 10 else None  # noqa: PLR2004
    return listed


def read_identify(data: bytes) -> Described:
    """The answer to ``Identify``. Raises NotOai, also where it is an error."""
    root = _root(data)
    told = root.find(f"{NAMESPACE}Identify")
    if told is None:
        raise NotOai("no Identify")
    return Described(
        name=_text(told, "repositoryName"),
        granularity=_text(told, "granularity"),
        deleted_record=_text(told, "deletedRecord"),
        response_date=_text(root, "responseDate"),
    )


def marc_in(metadata: Element) -> Record:
    """The MARC record in MARCXML. Raises NotOai where there is none."""
    found = metadata if metadata.tag == f"{SLIM}record" else next(metadata.iter(f"{SLIM}record"), None)
    if found is None:
        raise NotOai("no MARCXML")
    record = Record((found.findtext(f"{SLIM}leader") or "").ljust(24)[:24])
    for each in found:
        tag = each.get("tag", "")
        if each.tag == f"{SLIM}controlfield":
            record.fields.append(Field(tag, value=each.text or ""))
        elif each.tag == f"{SLIM}datafield":
            subfields = [(part.get("code", ""), part.text or "") for part in each.iter(f"{SLIM}subfield")]
            record.fields.append(Field(tag, each.get("ind1", " "), each.get("ind2", " "), subfields))
    return record


def dublin_core_in(metadata: Element) -> list[tuple[str, str]]:
    """The elements of simple Dublin Core with their texts, the empty ones left out."""
    told = (
        (each.tag.removeprefix(DC), " ".join((each.text or "").split())) for each in metadata.iter() if each.tag.startswith(DC)
    )
    return [(name, text) for name, text in told if text]


def _received(element: Element) -> Received:
    header = element.find(f"{NAMESPACE}header")
    if header is None:
        raise NotOai("a record without a header")
    metadata = element.find(f"{NAMESPACE}metadata")
    inner = next(iter(metadata), None) if metadata is not None else None
    deleted = header.get("status") == "deleted"
    return Received(_text(header, "identifier"), _text(header, "datestamp"), deleted, None if deleted else inner)


def _text(element: Element, name: str) -> str:
    return (element.findtext(f"{NAMESPACE}{name}") or "").strip()


def _root(data: bytes) -> Element:
    """The tree of the answer, names as ``{namespace}name``."""
    parser, builder = expat.ParserCreate(namespace_separator="}"), TreeBuilder()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, told: builder.start(_name(name), {_name(k): v for k, v in told.items()})
    parser.EndElementHandler = lambda name: builder.end(_name(name))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
        root = builder.close()
    except (expat.ExpatError, LookupError, ValueError, AssertionError) as error:
        raise NotOai(str(error)) from None
    if root.tag != f"{NAMESPACE}OAI-PMH":
        raise NotOai(f"<{root.tag}> is no answer of OAI-PMH")
    return root


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _refuse(*_: object) -> None:
    raise NotOai("a document type is not read")
