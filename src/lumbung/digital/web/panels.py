"""What this part shows on the pages of a title."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.catalogue.models import Record
from lumbung.digital import queries
from lumbung.digital.models import File
from lumbung.digital.permissions import KEEP
from lumbung.digital.queries import Access, Asker, LendingState
from lumbung.digital.queries.access import is_lent
from lumbung.digital.queries.reading import reader_kind
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.inside import on_search_page
from lumbung.kernel.permissions import may
from lumbung.kernel.ui import slots
from lumbung.members.models import Member

MOST_READ = 6


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("record.files", "digital.files", files_panel)
    slots.fill("record.page", "digital.files", staff_panel, order=50)
    slots.fill("my.more_tabs", "digital.deposits", deposits_tab)
    slots.fill("file.actions", "digital.read", read_button)
    slots.fill("search.inside", "digital.inside", on_search_page)
    slots.fill("my.page", "digital.shelf", shelf, order=60)


@dataclass(frozen=True)
class Line:
    """A file with what this reader may do with it, and how it is lent, if it is."""

    file: File
    access: Access
    state: LendingState | None = None
    is_told_above: bool = False
    """Why it is closed, and the way on, is the same as of the file before it."""


def files_panel(request: HttpRequest, *, record: Record) -> SafeString:
    """On the public page of a title: its files, each to be read or with a kind word why not. Nothing when it has none."""
    asker = asker_of(request)
    lines = list(_lines(record, asker))
    if not lines:
        return SafeString("")
    facts = {"lines": lines, "record": record, "back": quote(f"{request.path}#berkas")}
    return render_to_string("digital/panels/files.html", facts, request)


def _lines(record: Record, asker: Asker) -> Iterator[Line]:
    told: object = None
    for file in queries.files_of(record):
        access = queries.access_to(file, asker)
        said = ([str(each) for each in access.refusals], access.way_on)
        state = _state(file, asker)
        yield Line(file, access, state, is_told_above=said == told)
        told = said if state is None and not access.may_read else None


def _state(file: File, asker: Asker) -> LendingState | None:
    return queries.lending_state(file, asker.member) if is_lent(file) else None


def read_button(request: HttpRequest, *, file: File, access: Access) -> SafeString:
    """The way into the reader, for what is read here."""
    if not access.may_read or not reader_kind(file.media_type):
        return SafeString("")
    return render_to_string("digital/panels/read.html", {"file": file}, request)


def shelf(request: HttpRequest, *, member: Member) -> SafeString:
    """On a member's own page, beside the printed loans: what they borrowed and wait for here, and where they read on."""
    if not queries.there_are_files():
        return SafeString("")
    asker = asker_of(request)
    loans, holds, reading = list(queries.open_e_loans(member)), queries.open_e_holds(member), queries.being_read(asker)
    if not (loans or holds or reading):
        return SafeString("")
    facts = {"loans": loans, "holds": holds, "reading": reading[:MOST_READ]}
    return render_to_string("digital/panels/shelf.html", facts, request)


def staff_panel(request: HttpRequest, *, record: Record) -> SafeString:
    """On the staff page of a title: how many files it has, and the way to them."""
    if not may(request.user, KEEP):
        return SafeString("")
    return render_to_string("digital/panels/staff_files.html", {"files": queries.files_of(record), "record": record}, request)


def deposits_tab(_request: HttpRequest, *, here: str) -> SafeString:
    """Among the tabs of a reader's own pages."""
    return render_to_string("digital/deposits/tab.html", {"here": here})
