"""Tags of the public face: ``{% load discovery %}``."""

import html
import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.circulation.queries import Availability
from lumbung.circulation.queries.closed_doors import opens_again
from lumbung.discovery.addresses import parameters
from lumbung.discovery.queries import Bar, FacetValue, Histogram, Row
from lumbung.kernel.ui.words import mid_day, number
from lumbung.search.documents import Query

register = template.Library()

JSON_IN_HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
WORD = re.compile(r"\w+")
PIECES = re.compile(r"(\w+)")
SHORTEST_MARKED = 2


register.filter("opens_again", opens_again)


@register.filter
def highlighted(text: str, words: str) -> SafeString:
    """The text with every word marked that begins with a word asked for, accents and case aside."""
    asked = _folded_words(words)
    if not asked:
        return escape(text)
    pieces = PIECES.split(text)  # every other one is a word, and letters and digits need no escaping
    pieces[1::2] = [f"<mark>{word}</mark>" if _folded(word).startswith(asked) else word for word in pieces[1::2]]
    pieces[::2] = [between if between.isspace() else html.escape(between) for between in pieces[::2]]
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped


@lru_cache(maxsize=256)
def _folded_words(words: str) -> tuple[str, ...]:
    return tuple(word for word in (_folded(each) for each in WORD.findall(words)) if len(word) >= SHORTEST_MARKED)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


@register.simple_tag
def have(row: Row) -> SafeString:
    """The line that says whether a title can be had, and where."""
    places = [copies for copies in row.copies if copies.available] or [copies for copies in row.copies if copies.in_house]
    where = ", ".join(copies.branch.name for copies in places[:2]) + (" …" if len(places) > 2 else "")  # noqa: PLR2004 -- two fit a line
    dot, said = _availability(row, where)
    call = ""
    if row.call_number and row.total:  # a line may end with the dot, and never begins with it
        call = format_html('<span class="quiet">&nbsp;·</span> <span class="quiet num nowrap">{}</span>', row.call_number)
    return format_html('<div class="have"><span class="dot {}"></span><span>{}{}</span></div>', dot, said, call)


def _availability(row: Row, where: str) -> tuple[str, str]:
    if row.state == "available":
        said = _("%(available)s dari %(total)s tersedia di %(where)s")
        told = said % {"available": number(row.available), "total": number(row.total), "where": where}
        return "", ", ".join([told, *_queue(row.availability)])
    if row.state == "reference":
        return "", _("Baca di tempat di %(where)s") % {"where": where}
    if row.state == "on_loan":
        return "out", _lent_out(row.availability)
    if row.material == "ebook":
        return "none", _("Koleksi elektronik")
    return "none", _("Tidak ada eksemplar di rak")


def _lent_out(availability: Availability) -> str:
    if availability.resting:
        return _("Baru kembali, beristirahat dahulu")
    said = [_("Semua dipinjam")]
    if due_at := availability.next_due_at:
        told = _("seharusnya kembali %(day)s") if availability.is_late else _("paling cepat kembali %(day)s")
        said.append(told % {"day": mid_day(due_at)})
    return ", ".join([*said, *_queue(availability)])


def _queue(availability: Availability) -> list[str]:
    """How many wait, if anybody does."""
    waiting = availability.waiting
    return [ngettext("antrean %(n)s", "antrean %(n)s", waiting) % {"n": number(waiting)}] if waiting else []


@register.simple_tag
def choices(name: str, values: Iterable[FacetValue]) -> SafeString:
    """The values of the facet of this name to tick, those under others folded up. In Python, since a page has a hundred of them."""
    return mark_safe("".join(_branch(name, value, place) for place, value in enumerate(values, 1)))  # noqa: S308 -- escaped


def _branch(name: str, value: FacetValue, place: int) -> str:
    if not value.parts:
        return _choice(name, value, place)
    is_open = " open" if value.chosen or value.is_open else ""
    said = html.escape(_("Bagian dari %(name)s") % {"name": value.label})
    parts = "".join(_choice(name, part, part.value) for part in value.parts)
    return f'{_choice(name, value, place)}<details class="twig"{is_open}><summary>{said}</summary>{parts}</details>'


def _choice(name: str, value: FacetValue, place: int | str) -> str:
    """``place`` tells it from its neighbours."""
    ticked = " checked" if value.chosen else ""
    return (
        f'<label><input type="checkbox" id="f-{name}-{html.escape(str(place))}" name="{name}" value="{html.escape(value.value)}"{ticked}>'
        f'<span>{html.escape(str(value.label))}</span><span class="num">{number(value.count)}</span></label>'
    )


@register.simple_tag
def bars(histogram: Histogram, query: Query) -> SafeString:
    """The bars of the years, each leading to its titles: the inside of a drawing."""
    return _of_each(
        histogram.bars,
        query,
        '<a rel="nofollow" tabindex="-1" href="{address}"><title>{label}: {count}</title>'
        '<rect x="{x}" y="0" width="8" height="56" fill="none" pointer-events="all"/>'
        '<rect x="{x}" y="{top}" width="8" height="{drawn}" rx="1.5"/></a>',
    )


@register.simple_tag
def bar_rows(histogram: Histogram, query: Query) -> SafeString:
    """The same as the rows of a table, the newest first."""
    return _of_each(
        histogram.newest_first,
        query,
        '<tr><th scope="row"><a rel="nofollow" href="{address}">{label}</a></th><td class="num">{count}</td></tr>',
    )


def _of_each(bars: Iterable[Bar], query: Query, form: str) -> SafeString:
    base = parameters(query, year_from=None, year_to=None, page=None)
    begun = escape(f"/search{base}{'&' if len(base) > 1 else ''}")
    texts = [
        form.format(
            address=f"{begun}year_from={bar.first}&amp;year_to={bar.last}",
            label=escape(bar.label),
            count=number(bar.count),
            x=bar.x,
            top=bar.top,
            drawn=bar.drawn,
        )
        for bar in bars
    ]
    return mark_safe("".join(texts))  # noqa: S308 -- numbers, and texts that are escaped


@register.simple_tag
def address(query: Query, **changes: Any) -> str:
    """The address of this search with changes."""
    return parameters(query, **changes)


@register.simple_tag
def urlencoded(**given: Any) -> str:
    """A query string of what is not empty."""
    return urlencode({name: value for name, value in given.items() if value not in ("", None)})


@register.filter
def seconds(value: float) -> str:
    return number(max(value, 0.01), 2)


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """JSON for a script element: what could end the element is escaped."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(JSON_IN_HTML))  # noqa: S308 -- escaped
