"""``ListRecords`` and ``ListIdentifiers``: a page at a time, with a token for the next."""

from collections.abc import Iterator
from urllib.parse import urlencode

from lumbung.cooperation.domain.visits import begin_visit, note_visit
from lumbung.cooperation.gateways.oai.tokens import Token, read_token
from lumbung.cooperation.gateways.oai.told import Caller, refuse
from lumbung.cooperation.queries.forms import FORMS, Form, form_called
from lumbung.cooperation.queries.harvesting import Found, Place, Selection, at_place, page_of
from lumbung.cooperation.queries.rules import repository_identifier, sharing_rules
from lumbung.formats.oai_pmh import Asked, Code, header, resumption

HEADERS_PER_RECORD = 5
"""Of headers alone a page has so many more."""
THESES_ONLY = frozenset(form.prefix for form in FORMS if form.only_theses)
NOTED_EVERY = 2500


def list_records(asked: Asked, caller: Caller, *, with_content: bool) -> Iterator[str]:
    """The body of one page of the list."""
    told = _begun(asked) if "resumptionToken" not in asked.arguments else _resumed(asked)
    form = form_called(told.prefix)
    after: Place | None = told.after if told.sent or told.left_out else None
    rows = told.selection.rows(after)
    if form is None or rows is None:
        raise refuse(Code.BAD_RESUMPTION_TOKEN, "The list of this token is no longer given.")
    size = sharing_rules().page_size * (1 if with_content else HEADERS_PER_RECORD)
    page = _Page(caller, form, with_content=with_content)
    more = True
    while more and not page.pieces and rows is not None:
        found = page_of(rows, size + 1, with_content=with_content)
        more = len(found) > size
        page.add(found[:size])
        after = found[size - 1].place if more else after
        rows = told.selection.rows(after)
    if not page.pieces and after is not None:
        page.add(
            at_place(after.record, with_content=with_content)
        )  # what was left has changed since: the list ends as it began
    if not page.pieces:
        raise refuse(Code.NO_RECORDS_MATCH, "No record matches.")
    yield from page.pieces
    yield from _end(asked, caller, told, page, after if more else None)


def _begun(asked: Asked) -> Token:
    prefix, name = asked.arguments["metadataPrefix"], asked.arguments.get("set", "")
    if form_called(prefix) is None:
        raise refuse(Code.CANNOT_DISSEMINATE_FORMAT, f"There is no format {prefix}.")
    selection = Selection(prefix in THESES_ONLY, name, asked.first, asked.last)
    if selection.rows() is None:
        raise refuse(Code.NO_RECORDS_MATCH, f"There is no set {name}.")
    return Token(asked.verb, prefix, selection, Place(0, 0, 0), 0, 0, 0, 0)


def _resumed(asked: Asked) -> Token:
    told = read_token(asked.arguments["resumptionToken"], verb=asked.verb, theses_only=THESES_ONLY)
    if told is None:
        raise refuse(Code.BAD_RESUMPTION_TOKEN, "This token was not given out for this list.")
    return told


class _Page:
    """The records of a page as they are sent; what cannot be sent is counted."""

    def __init__(self, caller: Caller, form: Form, *, with_content: bool) -> None:
        self.pieces: list[str] = []
        self.left_out = 0
        self._caller, self._form, self._with_content = caller, form, with_content
        self._repository = repository_identifier()

    def add(self, found: list[Found]) -> None:
        for each in found:
            head = each.header(self._repository, theses_only=self._form.only_theses)
            if not self._with_content:
                self.pieces.append(f"{header(head)}\n")
            elif head.deleted:
                self.pieces.append(f"<record>{header(head)}</record>\n")
            elif content := each.form(self._form.prefix):
                metadata = self._form.served(content, self._caller.page_of(each.record), self._caller.door)
                self.pieces.append(f"<record>{header(head)}<metadata>\n{metadata}</metadata></record>\n")
            else:
                self.left_out += 1


def _end(asked: Asked, caller: Caller, told: Token, page: _Page, after: Place | None) -> Iterator[str]:
    """The token of the next page where there is one, and a note of how far the harvest came."""
    begins = not told.sent and not told.left_out
    sent, left_out = told.sent + len(page.pieces), told.left_out + page.left_out
    size = told.size
    if begins:
        rows = told.selection.rows() if after else None
        size = rows.count() if rows is not None else sent
        question = urlencode({name: value for name, value in asked.arguments.items() if name != "metadataPrefix"}, safe=":")
        visit = begin_visit(
            verb=asked.verb, prefix=told.prefix, question=question, agent=caller.agent, address=caller.address, expected=size,
            sent=sent, left_out=left_out, is_finished=after is None,
        )  # fmt: skip
    else:
        visit = told.visit
        if visit and (after is None or sent // NOTED_EVERY != told.sent // NOTED_EVERY):
            note_visit(visit, sent=sent, left_out=left_out, is_finished=after is None)
    if after is not None:
        token = Token(told.verb, told.prefix, told.selection, after, sent, left_out, size, visit).signed()
        yield resumption(token, size=max(size, sent + 1), cursor=told.sent)
    elif not begins:
        yield resumption("", size=max(size, sent), cursor=told.sent)
