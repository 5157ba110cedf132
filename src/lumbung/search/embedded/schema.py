"""The fields of the Tantivy index and how a document is put into them."""

from base64 import b64encode

import tantivy

from lumbung.search.documents import FACET_FIELDS, TEXT_FIELDS, Document, Written
from lumbung.search.embedded.joined import JOINED, joined
from lumbung.search.embedded.naming import BEGINNING, DIGEST, number_of_name
from lumbung.search.fields import (
    MANY_VALUED,
    NUMBER_FIELDS,
    TOKEN_FIELDS,
    as_json,
    facet_field,
    fields_of,
    version_of,
)

READ_ALONE = ("version", "added")
"""Numbers by which nothing is looked for."""
WITHOUT_PHRASES = ("identifier", "class")


def schema() -> tantivy.Schema:
    """Facets of many values are counted by number, which is several times faster than by text."""
    builder = tantivy.SchemaBuilder()
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=name not in READ_ALONE, fast=True)
    for name in TEXT_FIELDS:
        option = "basic" if name in WITHOUT_PHRASES else "position"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    for name in TOKEN_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_float_field("standing", fast=True)
    for name in FACET_FIELDS:
        if name in MANY_VALUED:
            builder.add_unsigned_field(facet_field(name), indexed=True, fast=True)
        else:
            builder.add_text_field(facet_field(name), tokenizer_name="raw", fast=True, index_option="basic")
    for name in JOINED:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_bytes_field("labels", stored=True)
    return builder.build()


def version() -> str:
    """Of an index with this schema, and with values numbered so."""
    return version_of((schema().__reduce__()[1], BEGINNING, DIGEST))


def written(document: Document) -> Written:
    """The document as Tantivy takes it in, in JSON."""
    fields = fields_of(document)
    fields["standing"] = 2.0 ** fields["standing"] - 2.0  # Tantivy takes log2(2 + it) times the score
    labels = {name: document.facets.get(name, ()) for name in MANY_VALUED}
    fields["labels"] = b64encode(as_json(labels)).decode("ascii")
    fields |= joined(document.facets)
    for name, values in document.facets.items():
        fields[facet_field(name)] = [number_of_name(value) for value in values] if name in MANY_VALUED else list(values)
    return Written(document.key, as_json(fields).decode())
