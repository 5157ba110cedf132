"""Subject lists in SKOS (RDF/XML, Turtle, N-Triples, JSON-LD) as MARC 21 authority records, and authority records as SKOS (Turtle)."""

import json
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lumbung.formats.marc.record import Field, Record

LEADER = "00000nz  a2200000n  4500"
LANGUAGES = ("id", "ms", "en", "")
PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\n"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IN_ADDRESSES = set('<>"{}|^`\\ ')


class UnreadableVocabularyError(ValueError):
    """The file is no RDF we can read, or names another file that would have to be fetched."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept to be written: addresses of its own and of those it refers to."""

    uri: str
    label: str
    others: Sequence[str] = ()
    notes: Sequence[str] = ()
    broader: Sequence[str] = ()
    narrower: Sequence[str] = ()
    related: Sequence[str] = ()
    kind: str = field(default="")


def read_skos(content: bytes) -> list[Record]:
    """Every concept that has a label, as an authority record: 150 its label in the first of LANGUAGES it has, 450 its other labels, 550
    what is broader, narrower and related in the same file, 680 its notes, 024 its address. Raises ``UnreadableVocabularyError``."""
    from rdflib import RDF, SKOS, Graph  # noqa: PLC0415 -- large; only such a file needs it

    graph = Graph()
    try:
        with warnings.catch_warnings():  # rdflib warns of its own ways with JSON-LD
            warnings.simplefilter("ignore", DeprecationWarning)
            graph.parse(data=content, format=_form(content))
    except Exception as error:
        raise UnreadableVocabularyError(str(error)[:200]) from error
    labels = {
        each: _label(graph, each) for each in set(graph.subjects(RDF.type, SKOS.Concept)) | set(graph.subjects(SKOS.prefLabel))
    }
    return [_record(graph, each, labels) for each in sorted(labels, key=str) if labels[each]]


def _form(content: bytes) -> str:
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in {b"{", b"["}:
        _refuse_distant_contexts(json.loads(start))
        return "json-ld"
    return "xml" if start[:1] == b"<" and (b"rdf:RDF" in start[:4000] or start[:5] == b"<?xml") else "turtle"


def _refuse_distant_contexts(value: Any) -> None:
    """A context given by its address would be fetched from there; nothing here asks the network."""
    if isinstance(value, dict):
        contexts = value.get("@context", [])
        for each in contexts if isinstance(contexts, list) else [contexts]:
            if isinstance(each, str) or (isinstance(each, dict) and "@import" in each):
                raise ValueError(f"@context {each}")
        for each in value.values():
            _refuse_distant_contexts(each)
    elif isinstance(value, list):
        for each in value:
            _refuse_distant_contexts(each)


def _label(graph: Any, concept: Any) -> str:
    from rdflib import SKOS  # noqa: PLC0415 -- see above

    told = sorted(graph.objects(concept, SKOS.prefLabel), key=lambda each: (_rank(each), str(each)))
    return _tidy(told[0]) if told else ""


def _rank(label: Any) -> int:
    language = (getattr(label, "language", None) or "").partition("-")[0].lower()
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def _record(graph: Any, concept: Any, labels: dict[Any, str]) -> Record:
    from rdflib import SKOS  # noqa: PLC0415 -- see above

    uri, own = str(concept), labels[concept]
    fields = [Field("024", "7", " ", [("a", uri), ("2", "uri")])] if "://" in uri else []
    fields.append(Field("150", subfields=[("a", own)]))
    others = [
        _tidy(each) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel) for each in graph.objects(concept, kind)
    ]
    fields += [Field("450", subfields=[("a", each)]) for each in sorted(set(others) - {own, ""})]
    for kind, code in ((SKOS.broader, "g"), (SKOS.narrower, "h"), (SKOS.related, "")):
        told = sorted({labels[each] for each in graph.objects(concept, kind) if labels.get(each)} - {own})
        mark = [("w", code)] if code else []
        fields += [Field("550", subfields=[*mark, ("a", each)]) for each in told]
    notes = [_tidy(each) for kind in (SKOS.scopeNote, SKOS.definition) for each in graph.objects(concept, kind)]
    fields += [Field("680", subfields=[("i", each)]) for each in sorted(filter(None, notes))]
    return Record(LEADER, fields)


def _tidy(label: Any) -> str:
    return " ".join(str(label).split())


def to_skos(concepts: Iterable[Concept], *, scheme: str, language: str = "id") -> Iterator[str]:
    """The concepts as Turtle, one after another; memory does not grow with them."""
    yield PREFIXES + f"<{_address(scheme)}> a skos:ConceptScheme .\n"
    for each in concepts:
        facts = ["a skos:Concept", f"skos:inScheme <{_address(scheme)}>", f"skos:prefLabel {_literal(each.label, language)}"]
        facts += [f"skos:altLabel {_literal(text, language)}" for text in each.others]
        facts += [f"skos:scopeNote {_literal(text, language)}" for text in each.notes]
        facts += [f"dct:type {_literal(each.kind, '')}"] if each.kind else []
        for name, uris in (("broader", each.broader), ("narrower", each.narrower), ("related", each.related)):
            facts += [f"skos:{name} <{_address(uri)}>" for uri in uris]
        yield f"\n<{_address(each.uri)}> " + " ;\n  ".join(facts) + " .\n"


def _literal(text: str, language: str) -> str:
    clean = "".join(letter for letter in text if letter >= " " or letter in "\n\r\t")
    return f'"{clean.translate(_ESCAPES)}"' + (f"@{language}" if language else "")


def _address(uri: str) -> str:
    return "".join(f"%{ord(each):02X}" if each in _NOT_IN_ADDRESSES or each < " " else each for each in uri)
