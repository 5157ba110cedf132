"""The elements of a style that take the place of citeproc-py's own, so that CSL 1.0.2 is kept to as citeproc-js keeps to it."""

from typing import Any

from citeproc import model
from citeproc.source import VariableError

from lumbung.formats.citation.casing import first_capital, title_case
from lumbung.formats.citation.filing import ENDS_NAME, filed
from lumbung.formats.citation.names import Name
from lumbung.formats.citation.ranges import last_page
from lumbung.formats.citation.seams import joined, quoted


class _Element:
    """An element whose pieces meet as ``seams`` has it."""

    def met(self, *pieces: Any, delimiter: str = "") -> str:
        """The pieces that say something, in a row."""
        root = self.get_root()  # type: ignore[attr-defined]
        return joined([str(each) for each in pieces if each is not None], delimiter, inside=root.inside)

    def wrap(self, text: Any) -> Any:
        if text is None:
            return None
        return self.met(self.get("prefix", ""), text, self.get("suffix", ""))  # type: ignore[attr-defined]

    def join(self, texts: Any, default_delimiter: str = "") -> str:
        return self.met(*texts, delimiter=self.get("delimiter", default_delimiter))  # type: ignore[attr-defined]

    def quote(self, text: Any) -> Any:
        if self.get("quotes") != "true":  # type: ignore[attr-defined]
            return text
        return quoted(str(text), *(str(self.get_single_term(name=f"{side}-quote")) for side in ("open", "close")))  # type: ignore[attr-defined]

    def case(self, text: Any, language: str | None = None) -> Any:
        match self.get("text-case"):  # type: ignore[attr-defined]
            case "title":
                return title_case(str(text)) if language in {"en", None} else text
            case "capitalize-first":
                return first_capital(str(text))
            case _:
                return super().case(text, language)  # type: ignore[misc]


class _Parent(_Element):
    """An element that is no more than those in it."""

    def render_children(self, item: Any, delimiter: str = "", **kwargs: Any) -> str | None:
        said = []
        for child in self.iterchildren():  # type: ignore[attr-defined]
            inherited = {"delimiter": delimiter} if isinstance(child, model.Choose) else {}
            try:
                said.append(child.render(item, **inherited, **kwargs))
            except VariableError:
                continue
        said = [each for each in said if each is not None]
        return self.met(*said, delimiter=delimiter) if said else None


class Macro(_Parent, model.Macro):
    pass


class Layout(_Parent, model.Layout):
    pass


class If(_Parent, model.If):
    pass


class Else_If(_Parent, model.Else_If):  # noqa: N801 -- citeproc-py finds a class by the element's name
    pass


class Else(_Parent, model.Else):
    pass


class Label(_Element, model.Label):
    pass


class Et_Al(_Element, model.Et_Al):  # noqa: N801 -- see Else_If
    pass


class Name_Part(_Element, model.Name_Part):  # noqa: N801 -- see Else_If
    pass


def _counts(item: Any) -> dict[str, int]:
    """How often a variable was asked for this item so far, and how often it had something to say."""
    counts: dict[str, int] = item.setdefault("counts", {"asked": 0, "said": 0})
    return counts


class _Sayer(_Element):
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
    def sort_keys(self, items: Any, context: Any) -> list[Any]:
        """What each item is filed by; what stood in for a missing name here is still there for the next key."""
        before = [dict(item.reference) for item in items]
        keys = super().sort_keys(items, context)
        for item, whole in zip(items, before, strict=True):
            item.reference.update(whole)
        return [None if each is None else filed(str(each)) for each in keys]

    def _format_name(self, item: Any, variable: str) -> str | None:
        parts = [each for name in item.reference.get(variable, ()) for each in (name.parts()[1], name.parts()[0]) if each]
        return ENDS_NAME.join(parts) or None


class _Ranging:
    """An element that may say a range of pages."""

    def _format_last_page(self, first: str, last: str) -> str:
        return last_page(first, last, self.get_root().get("page-range-format"))  # type: ignore[attr-defined]


class Text(_Sayer, _Caller, _Ranging, model.Text):
    def calls_variable(self) -> bool:
        """Whether it may say a variable; a macro is asked once, since a style does not change."""
        name = self.get("macro")
        if name is None or "variable" in self.attrib:
            return bool(super().calls_variable())
        known: dict[str, bool] = self.get_root().calling
        if name not in known:
            known[name] = bool(super().calls_variable())
        return known[name]

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """A macro is told how names are sorted, where citeproc-py forgets it."""
        if "macro" not in self.attrib or "variable" in self.attrib:
            return super().process(item, context=context, **kwargs)
        language = item.reference.get("language") or self.get_root().get("default-locale", "en")
        said = self.get_macro(self.get("macro")).render(item, context=self if context is None else context, **kwargs)
        return said, language[:2]


class Number(_Sayer, _Ranging, model.Number):
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


class Group(_Element, model.Group):
    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        counts = _counts(item)
        before = dict(counts)
        text = super().process(item, *args, **kwargs)
        if counts["asked"] > before["asked"] and counts["said"] == before["said"]:
            raise VariableError
        if text:  # a group that says something stands for a variable in the group around it
            counts["said"] += 1
        return text


OURS = {
    each.__name__: each
    for each in (
        Macro,
        Layout,
        If,
        Else_If,
        Else,
        Label,
        Et_Al,
        Name_Part,
        Key,
        Text,
        Number,
        Date,
        Names,
        Name,
        Substitute,
        Group,
    )
}
