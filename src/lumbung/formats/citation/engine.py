"""citeproc-py, made to keep to CSL 1.0.2 where it does not: a variable put in place of missing names is not said again
(``substitute``), and a group whose variables are all empty is not said at all.

citeproc-py takes one class per element of a style; the classes here take the place of its own. A style keeps what it is doing in its
tree, so one is used by one thread at a time.
"""

import warnings
from collections.abc import Sequence
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, model
from citeproc.formatter import plain
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON
from lxml import etree

from lumbung.formats.citation import marking
from lumbung.formats.citation.style import Style
from lumbung.formats.citation.style_files import CSL, shipped


def entries_of(ready: "ReadyStyle", items: Sequence[dict[str, Any]], *, in_order: bool) -> list[tuple[str, str]]:
    """Each item's entry with the key it was given, sorted as the style asks (``in_order``: as given)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about variables the renderer does not know
        if not in_order:
            items = _sorted(ready, items)
        written = _registered(ready, items, marking)
        return [(item["id"], str(text)) for item, text in zip(items, written.bibliography(), strict=True)]


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


def _counts(item: Any) -> dict[str, int]:
    """How often a variable was asked for this item so far, and how often it had something to say."""
    counts: dict[str, int] = item.setdefault("counts", {"asked": 0, "said": 0})
    return counts


class _Sayer:
    """An element that may say a variable, and keeps count."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        variable = self.get("variable")  # type: ignore[attr-defined]
        if not variable or variable in model.Text.generated_variables:
            return super().process(item, *args, **kwargs)  # type: ignore[misc]
        counts = _counts(item)
        counts["asked"] += 1
        answer = super().process(item, *args, **kwargs)  # type: ignore[misc]
        text = answer[0] if isinstance(answer, tuple) else answer
        if text is not None and str(text):
            counts["said"] += 1
            item.setdefault("names", []).extend(variable.replace("-", "_").split())
        return answer


class _Caller:
    """An element that may call a macro: found at once, where citeproc-py looks through the whole style each time."""

    def get_macro(self, name: str) -> Any:
        return self.get_root().macros[name]  # type: ignore[attr-defined]


class Key(_Caller, model.Key):
    pass


class Text(_Sayer, _Caller, model.Text):
    def calls_variable(self) -> bool:
        """Whether it may say a variable; a macro is asked once, since a style does not change."""
        name = self.get("macro")
        if name is None or "variable" in self.attrib:
            return bool(super().calls_variable())
        known: dict[str, bool] = self.get_root().calling
        if name not in known:
            known[name] = bool(super().calls_variable())
        return known[name]


class Number(_Sayer, model.Number):
    pass


class Date(_Sayer, model.Date):
    pass


class Names(_Sayer, model.Names):
    pass


class Substitute(model.Substitute):
    def render(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        said = item.setdefault("names", [])
        before = len(said)
        text = super().render(item, *args, **kwargs)
        if text is not None and str(text):
            for name in said[before:]:
                item.reference.pop(name, None)
        return text


class Group(model.Group):
    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        counts = _counts(item)
        before = dict(counts)
        text = super().process(item, *args, **kwargs)
        if counts["asked"] > before["asked"] and counts["said"] == before["said"]:
            raise VariableError
        return text


OURS = {each.__name__: each for each in (Key, Text, Number, Date, Names, Substitute, Group)}
