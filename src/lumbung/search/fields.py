"""The fields of a document in any engine: tokens with blanks between, numbers, facets."""

import json
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain
from typing import Any

import orjson

from lumbung.search.analysis import LONGEST, ROOT_FIELDS, Written, headings_of, spelt, written, written_name, written_often
from lumbung.search.documents import EXACT_FIELDS, Document
from lumbung.search.identifiers import forms_of_identifier
from lumbung.search.ranking import standing

VERSION = 15
"""Of what stands in the fields. Whoever changes tokens or numbers raises it; a change of the fields themselves is seen without."""

NUMBER_FIELDS = ("key", "version", "added", "hidden", "year", "work")
TOKEN_FIELDS = (
    *(f"{name}_exact" for name in EXACT_FIELDS),
    *(f"{name}_root" for name in ROOT_FIELDS),
    "creator_name",
    "heading",
)
"""Fields of tokens beside TEXT_FIELDS; in these no phrase is looked for. A word that is its own root stands among the words alone."""

MANY_VALUED = ("subject", "creator")
"""Facets with so many values that an engine may want to count them in a way of its own."""


def version_of(shape: object) -> str:
    """The version of an index whose fields an engine describes so, in JSON; one of another version is built anew."""
    return f"{VERSION}.{blake2b(json.dumps(shape, sort_keys=True).encode(), digest_size=4).hexdigest()}"


def as_json(content: Any) -> bytes:
    """In JSON, without blanks; half of a surrogate pair, which UTF-8 cannot say, becomes a question mark."""
    try:
        return orjson.dumps(content)
    except orjson.JSONEncodeError:
        return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def facet_field(name: str) -> str:
    return f"{name}_facet"


def number_of(label: str) -> int:
    """A number that stands for the label, in either engine: 53 bits of its digest, as many as a JSON number holds."""
    return int.from_bytes(blake2b(label.encode(errors="replace"), digest_size=8).digest()) >> 11


def fields_of(document: Document) -> dict[str, Any]:
    """All but the facets. ``standing`` is what the document's scores are multiplied by."""
    fields: dict[str, Any] = {
        "key": document.key,
        "version": document.version,
        "added": document.added,
        "standing": 1.0 + standing(document.popularity, document.year),
        "work": number_of(document.work or f"record {document.key}"),
    }
    if document.hidden:
        fields["hidden"] = 1
    if document.year is not None:
        fields["year"] = document.year
    for name, texts in document.texts.items():
        _put_texts(fields, name, texts)
    fields["heading"] = " ".join(
        chain.from_iterable(map(headings_of, document.texts.get("title", ()), fields.get("title", ())))
    )
    return fields


def _put_texts(fields: dict[str, Any], name: str, texts: Sequence[str]) -> None:
    """Variants are a value of their own, after the others, so that they do not come between the words of a phrase."""
    if name == "class":
        fields[name] = ["".join(text.casefold().split()) for text in texts]
        return
    if name == "identifier":
        fields[name] = [" ".join(forms_of_identifier(text)) for text in texts]
        return
    rooted = [_rooted(name, text) for text in texts] if name in ROOT_FIELDS else None
    forms = [spelt(text) for text in texts] if rooted is None else rooted
    variants = " ".join([each.variants for each in forms if each.variants])
    fields[name] = [each.folded for each in forms] + ([variants] if variants else [])
    if name in EXACT_FIELDS:
        fields[f"{name}_exact"] = _once([each.exact for each in forms])
    if rooted is not None:
        fields[f"{name}_root"] = _once([each.other_roots for each in rooted])
    if name == "creator":
        fields["creator_name"] = _once([written_name(text) for text in texts])


def _rooted(name: str, text: str) -> Written:
    """Titles are each another's; what they are about and who published them comes again and again, where it is short."""
    return written(text) if name == "title" or len(text) > LONGEST else written_often(text)


def _once(texts: Sequence[str]) -> str:
    """Their tokens, each but once where they come from several: where no phrase is looked for, that is enough."""
    return texts[0] if len(texts) == 1 else " ".join(dict.fromkeys(" ".join(texts).split()))
