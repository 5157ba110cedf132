"""Which room code belongs to, and that panels, search sources and jobs of a closed one keep still."""

from functools import wraps

import pytest
from django.http import HttpRequest
from django.utils.safestring import SafeString

from lumbung.kernel import opening, rooms, sources
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui import slots

pytestmark = pytest.mark.django_db


def of_desk():
    """As though it stood in the desk's part."""


of_desk.__module__ = "lumbung.desk.web.inbox"


@wraps(of_desk)
def guarded():
    return of_desk()


@rooms.belongs_to("digital")
def marked():
    pass


def test_code_belongs_to_its_part_to_what_it_is_marked_with_or_to_the_room_that_names_its_module():
    assert [rooms.room_of(each) for each in (of_desk, guarded, marked, len)] == ["desk", "desk", "digital", ""]
    of_opds = lambda: None  # noqa: E731 -- a name of its own is given to it
    of_opds.__module__ = "lumbung.discovery.gateways.opds.views"
    assert rooms.room_of(of_opds) == "digital"


def test_closing_twice_is_told_once_and_what_is_no_room_is_refused():
    opening.close_room("desk", by=None)
    opening.close_room("desk", by=None)
    assert (rooms.is_open("desk"), rooms.lets_in(guarded), rooms.lets_in(len)) == (False, False, True)
    opening.open_room("desk", by=None)
    assert rooms.lets_in(guarded)
    with pytest.raises(Refused):
        opening.begin_with({"catalogue"}, by=None)


def test_panels_and_sources_of_a_closed_room_keep_still(monkeypatch):
    monkeypatch.setattr(slots, "_panels", {"here": [(1, "desk.panel", lambda request: SafeString("meja"))]})
    found = sources.Source("desk.known", "Jawaban", "quote", lambda words, limit: [sources.Hit("Ada", "/ask")])
    monkeypatch.setattr(sources, "_sources", {"desk.known": found})
    assert (slots.render("here", HttpRequest()), len(sources.ask("buka", None))) == ("meja", 1)
    opening.close_room("desk", by=None)
    assert (slots.render("here", HttpRequest()), sources.ask("buka", None)) == ("", [])
