"""The ui kit's tags: ``{% load ui %}``."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumbung.kernel import permissions, rooms
from lumbung.kernel.ui import covers, icons, slots, words

register = template.Library()

register.filter("number", words.number)
register.filter("rupiah", words.rupiah)
register.filter("day", words.day)
register.filter("near_day", words.near_day)
register.filter("mid_day", words.mid_day)
register.filter("clock_time", words.time_of_day)
register.filter("zone_name", words.zone_name)
register.filter("initials", words.initials)
register.filter("shown_name", words.shown_name)
register.simple_tag(icons.icon, name="icon")
register.simple_tag(covers.cover)
register.filter("open_room", rooms.is_open)


@register.filter
def due_tag(value: datetime) -> SafeString:
    """A due date as a tag: its words, its colour, and the whole date for those who ask."""
    state, said = words.due(value)
    return format_html('<span class="tag {}" title="{}">{}</span>', state, words.day(value), said)


@register.filter
def exact_day(value: datetime) -> str:
    """The date behind words like Besok and Terlambat 3 hari, with a dot after it; nothing where the words are the date."""
    state, said = words.due(value)
    return f"{words.day(value)} · " if state == "late" or not any(each.isdigit() for each in said) else ""


@register.filter
def weekday(value: date) -> str:
    """Senin … Minggu."""
    return words.weekday(value.weekday())


@register.filter
def whatsapp(number: str, text: str = "") -> str:
    """``{{ library.whatsapp|whatsapp:text }}``: the address that opens WhatsApp with ``text`` written, to a number in any spelling.

    What somebody asks about is told by a reference: R12 a title, P12 a hold, B12 a fee.
    """
    digits = "".join(each for each in number if each.isascii() and each.isdigit())
    digits = f"62{digits[1:]}" if digits.startswith("0") else digits
    return f"https://wa.me/{digits}" + (f"?text={quote(text)}" if text else "")


@register.filter
def may(user: object, permission: str) -> bool:
    """``{% if request.user|may:"circulation.lend" %}``"""
    return permissions.may(user, permission)


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **given: Any) -> SafeString:
    """Whatever other parts put in this place of the page."""
    return slots.render(name, context["request"], **given)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's query string with ``changes``; None takes a parameter away. For links to other pages of a list."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
