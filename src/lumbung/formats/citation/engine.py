"""citeproc-py, made to write what citeproc-js writes for the same style.

citeproc-py takes one class per element of a style; those of ``elements`` take the place of its own. A style keeps what it is doing in
its tree, so one is used by one thread at a time.
"""

import warnings
from collections.abc import Sequence
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, model
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from lxml import etree

from lumbung.formats.citation import marking
from lumbung.formats.citation.elements import OURS
from lumbung.formats.citation.style import Style
from lumbung.formats.citation.style_files import CSL, shipped


def entries_of(ready: "ReadyStyle", items: Sequence[dict[str, Any]], *, in_order: bool) -> list[tuple[str, str]]:
    """Each item's entry with the key it was given, sorted as the style asks (``in_order``: as given)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about variables the renderer does not know
        if not in_order:
            items = _sorted(ready, items)
        written = _registered(ready, items, marking)
        return [(item["id"], str(text).rstrip()) for item, text in zip(items, written.bibliography(), strict=True)]


def _sorted(ready: "ReadyStyle", items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    written = _registered(ready, items, plain)
    written.sort()
    by_key = {str(item["id"]): item for item in items}
    return [by_key[item.key] for item in written.items]


def _registered(ready: "ReadyStyle", items: Sequence[dict[str, Any]], formatter: Any) -> CitationStylesBibliography:
    written = CitationStylesBibliography(ready, CiteProcJSON(items), formatter)
    for item in items:
        written.register(Citation([CitationItem(item["id"])]))
    return written


def ready(style: Style | str, locale: str) -> "ReadyStyle":
    """The style, or the one of that file name that comes with the program, in that language."""
    return ReadyStyle(shipped(style) if isinstance(style, str) else style, locale)


class ReadyStyle(CitationStylesStyle):
    """A style in one language (``id-ID``), ready to render."""

    def __init__(self, style: Style, locale: str) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        namespace = lookup.get_namespace(CSL)
        namespace[None] = model.CitationStylesElement
        classes = {each.__name__: each for each in model.CitationStylesElement.__subclasses__()}
        for name, its_class in (classes | OURS).items():
            namespace[name.replace("_", "-").lower()] = its_class
        parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
        parser.set_element_class_lookup(lookup)
        self.root = etree.fromstring(style.xml, parser)
        self.xml = self.root.getroottree()
        self.root.macros = {macro.get("name"): macro for macro in self.root.iterchildren(f"{{{CSL}}}macro")}
        self.root.calling = {}
        self.root.set_locale_list(locale, validate=False)
        self.root.inside = self.root.get_locale_option("punctuation-in-quote") == "true"
