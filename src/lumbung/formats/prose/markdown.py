"""Markdown as safe HTML: raw HTML is text, only known elements come out, and nothing is fetched from another site."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

TAGS = frozenset(
    "h2 h3 h4 h5 h6 p br hr ul ol li strong em s code pre blockquote a img table thead tbody tr th td div".split()  # noqa: SIM905
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "div": {"class"},
    "th": {"class"},
    "td": {"class"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
CLASSES = frozenset({"wide-table", "num", "centre"})
LAST_HEADING = 6
LONGEST = 500_000
_OWN = re.compile(r"/(?!/|\\|%5[Cc])")
_SIDES = {"text-align:right": "num", "text-align:center": "centre"}


@dataclass(frozen=True)
class Heading:
    """A heading of the text: how deep it lies, what it says, and the place to jump to."""

    level: int
    text: str
    place: str


def html_of(text: str) -> str:
    """The text as HTML that is safe to put in a page: headings begin at h2, pictures are this site's own, a table may be wide."""
    return _cleaned(_parser().render(text[:LONGEST]))


def headings_of(text: str) -> list[Heading]:
    """The headings of the text in order, as ``html_of`` marks them."""
    tokens = _parser().parse(text[:LONGEST])
    return [
        Heading(int(opening.tag[1:]), _words(inline), str(opening.attrs.get("id", "")))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open"
    ]


def plain_of(text: str) -> str:
    """The words of the text alone, a block a line: for search, and for the first lines in a list."""
    tokens = _parser().parse(text[:LONGEST])
    blocks = (_words(each) if each.type == "inline" else each.content.strip() for each in tokens)
    return "\n".join(block for block in blocks if block)


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it to the letter."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- most processes never read Markdown

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.push("headings", _mark_headings)
    parser.core.ruler.push("sides", _say_sides)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _mark_headings(state: "StateCore") -> None:
    """One step deeper, since the page has its own h1, and with a place to jump to, each once."""
    seen: dict[str, int] = {}
    for token, inline in zip_longest(state.tokens, state.tokens[1:]):
        if token.type not in {"heading_open", "heading_close"}:
            continue
        token.tag = f"h{min(int(token.tag[1:]) + 1, LAST_HEADING)}"
        if token.type == "heading_open":
            place = re.sub(r"\W+", "-", _words(inline).casefold()).strip("-") or "bagian"
            seen[place] = seen.get(place, 0) + 1
            token.attrs["id"] = f"b-{place}" if seen[place] == 1 else f"b-{place}-{seen[place]}"


def _say_sides(state: "StateCore") -> None:
    """The sides of table cells by class: pages allow no style in the markup."""
    for token in state.tokens:
        if side := _SIDES.get(str(token.attrs.pop("style", ""))):
            token.attrs["class"] = side


def _open_table(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *rest: Any) -> str:
    return '<div class="wide-table"><table>'


def _close_table(_: "RendererHTML", tokens: "Sequence[Token]", at: int, *rest: Any) -> str:
    return "</table></div>"


def _words(inline: "Token") -> str:
    return "".join(" " if "break" in each.type else each.content for each in inline.children or []).strip()


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={name: set(allowed) for name, allowed in ATTRIBUTES.items()},
        attribute_filter=_allowed,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def _allowed(element: str, attribute: str, value: str) -> str | None:
    """The attribute as it may stand, or None: pictures only from this site, classes only our own."""
    if (element, attribute) == ("img", "src"):
        return value if _OWN.match(value) else None
    if attribute == "class":
        return value if value in CLASSES else None
    return value
