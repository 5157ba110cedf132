"""The fields of the Tantivy index and how a document is put into them. Whoever changes this raises VERSION."""

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any

import tantivy

from lumbung.search.analysis import ROOT_FIELDS, headings_of, written, written_name
from lumbung.search.documents import EXACT_FIELDS, FACET_FIELDS, TEXT_FIELDS, Document
from lumbung.search.identifiers import forms_of_identifier
from lumbung.search.ranking import standing

VERSION = 3

MANY_VALUED = ("subject", "creator")
"""Facets with so many values that they are counted by number, which is several times faster than by text."""


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "version", "added", "hidden", "year"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in EXACT_FIELDS:
        builder.add_text_field(f"{name}_exact", tokenizer_name="whitespace", index_option="freq")
    for name in ROOT_FIELDS:
        builder.add_text_field(f"{name}_root", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("creator_name", tokenizer_name="whitespace", index_option="freq")
    builder.add_float_field("standing", fast=True)
    builder.add_unsigned_field("work", indexed=True, fast=True)
    builder.add_text_field("heading", tokenizer_name="whitespace", index_option="basic")
    for name in FACET_FIELDS:
        if name in MANY_VALUED:
            builder.add_unsigned_field(facet_field(name), indexed=True, fast=True)
        else:
            builder.add_text_field(facet_field(name), tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_bytes_field("labels", stored=True)
    return builder.build()


def facet_field(name: str) -> str:
    return f"{name}_facet"


@lru_cache(maxsize=65536)
def number_of(label: str) -> int:
    """The number a value of a MANY_VALUED facet is counted by: 53 bits of its digest, as many as a JSON number holds."""
    return int.from_bytes(blake2b(label.encode(errors="replace"), digest_size=8).digest()) >> 11


def as_json(document: Document) -> str:
    """The document as Tantivy takes it in."""
    fields: dict[str, Any] = {
        "key": document.key,
        "version": document.version,
        "added": document.added,
        "hidden": int(document.hidden),
        "standing": 2.0 ** (1.0 + standing(document.popularity, document.year))
        - 2.0,  # Tantivy takes log2(2 + it) times the score
        "work": number_of(document.work or f"record {document.key}"),
        "labels": b64encode(json.dumps({name: document.facets.get(name, ()) for name in MANY_VALUED}).encode()).decode(),
    }
    if document.year is not None:
        fields["year"] = document.year
    for name, texts in document.texts.items():
        _put_texts(fields, name, texts)
    fields["heading"] = " ".join(chain.from_iterable(headings_of(title) for title in document.texts.get("title", ())))
    for name, values in document.facets.items():
        fields[facet_field(name)] = [number_of(value) for value in values] if name in MANY_VALUED else list(values)
    return json.dumps(fields)


def _put_texts(fields: dict[str, Any], name: str, texts: Sequence[str]) -> None:
    """Variants are a value of their own, after the others, so that they do not come between the words of a phrase."""
    if name == "class":
        fields[name] = ["".join(text.casefold().split()) for text in texts]
        return
    if name == "identifier":
        fields[name] = [" ".join(forms_of_identifier(text)) for text in texts]
        return
    forms = [written(text) for text in texts]
    variants = " ".join([each.variants for each in forms if each.variants])
    fields[name] = [each.folded for each in forms] + ([variants] if variants else [])
    if name in EXACT_FIELDS:
        fields[f"{name}_exact"] = [each.exact for each in forms]
    if name in ROOT_FIELDS:
        fields[f"{name}_root"] = [each.root for each in forms]
    if name == "creator":
        fields["creator_name"] = [written_name(text) for text in texts]
