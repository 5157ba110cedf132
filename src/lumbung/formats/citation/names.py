"""Names as a style writes them in a row."""

from collections.abc import Callable
from typing import Any

from citeproc import model

from lumbung.formats.citation.filing import ENDS_NAME
from lumbung.formats.citation.initials import initials, marked

Option = Callable[[str], Any]
IN_ORDER = {"and": None, "delimiter": ENDS_NAME, "sort-separator": ENDS_NAME}
"""How names are written to be sorted."""


class Name(model.Name):
    """Names in a row: how each is written, how many, and what stands before the last.

    A name in one piece (a mononym, a body) is never turned round, and two names of which the last is in one piece and the first was
    not turned round take no comma before "and", as the manuals of the styles have it.
    """

    def process(self, item: Any, variable: str, context: Any = None, sort_options: Any = None, **_kwargs: Any) -> Any:
        sorting = sort_options and sort_options | IN_ORDER

        def option(name: str) -> Any:
            return self.get_option(name, context, sorting)

        names = item.reference.get(variable, [])
        shown = self._shown(len(names), option)
        if option("form") == "count":
            return shown
        written = [self._written(name, option, first=not at) for at, name in enumerate(names[:shown])]
        if shown < len(names):
            return self._cut(written, names, option)
        return self._listed(written, names, option)

    def _shown(self, count: int, option: Option) -> int:
        """How many of so many names are written."""
        least = option("et-al-min")
        return min(count, option("et-al-use-first")) if count > 1 and least and count >= least else count

    def _cut(self, written: list[str], names: list[Any], option: Option) -> str:
        delimiter = str(option("delimiter"))
        if delimiter == ENDS_NAME:
            return delimiter.join(written)
        if option("et-al-use-last") and option("et-al-use-first") <= option("et-al-min") - 2:
            return delimiter.join([*written, f"… {self._written(names[-1], option, first=False)}"])
        rule, others = option("delimiter-precedes-et-al"), self.et_al()
        turned = self._is_turned(names[len(written) - 1], option, first=len(written) == 1)
        comma = {"always": True, "never": False, "after-inverted-name": turned}.get(rule, len(written) > 1)
        return delimiter.join(written) + (f"{delimiter if comma else ' '}{others}" if others else "")

    def _listed(self, written: list[str], names: list[Any], option: Option) -> str:
        delimiter = str(option("delimiter"))
        and_ = {"text": self.get_single_term(name="and"), "symbol": "&"}.get(option("and"), "")
        if len(written) == 1 or not and_:
            return delimiter.join(written)
        comma = delimiter if self._comma_before_last(names, option) else " "
        return f"{delimiter.join(written[:-1])}{comma}{and_} {written[-1]}"

    def _comma_before_last(self, names: list[Any], option: Option) -> bool:
        rule, several = option("delimiter-precedes-last"), len(names) > 2  # noqa: PLR2004 -- more than a pair
        turned = self._is_turned(names[-2], option, first=not several)
        if rule == "after-inverted-name":
            return turned
        if rule == "always":
            return several or turned or "literal" not in names[-1]
        return bool(rule != "never" and several)

    def _is_turned(self, name: Any, option: Option, *, first: bool) -> bool:
        """Whether the family name is written in front of the given ones."""
        order = option("name-as-sort-order")
        return "literal" not in name and option("form") == "long" and (order == "all" or (order == "first" and first))

    def _written(self, name: Any, option: Option, *, first: bool) -> str:
        given, family, dropping, kept, suffix = name.parts()
        if given and (mark := option("initialize-with")) is not None:
            given = self._initialed(given, mark)
            suffix = suffix and suffix.rstrip(".") + (mark.strip() if suffix.endswith(".") else "")
        if option("form") == "short":
            return self._parts(None, _spaced(kept, family))[1]
        if not self._is_turned(name, option, first=first):
            return _spaced(*self._parts(given, _spaced(dropping, kept, family)), suffix)
        if option("demote-non-dropping-particle") in {"never", "sort-only"}:
            given, family = self._parts(_spaced(given, dropping), _spaced(kept, family))
        else:
            given, family = self._parts(_spaced(given, dropping, kept), family)
        return str(option("sort-separator").join(each for each in (family, given, suffix) if each))

    def _initialed(self, given: str, mark: str) -> str:
        if self.get("initialize") == "false":
            return marked(given, mark)
        return initials(given, mark, hyphens=self.get_root().get("initialize-with-hyphen") != "false")

    def _parts(self, given: str | None, family: str) -> tuple[str, str]:
        """The given and the family name as the style writes each."""
        for part in self.findall("cs:name-part", self.nsmap):
            given, family = part.format_part(given, family)
        return str(given or ""), str(family)


def _spaced(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
