"""What circulation shows on the page of a member."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.circulation import permissions, queries
from lumbung.kernel.permissions import may
from lumbung.kernel.ui import slots
from lumbung.members.models import Member

HISTORY_SHOWN = 10


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("member.actions", "circulation.desk", desk_link)
    slots.fill("member.page", "circulation.loans", loans_panel, order=10)
    slots.fill("member.page", "circulation.holds", holds_panel, order=20)


def desk_link(request: HttpRequest, *, member: Member) -> SafeString:
    """The way from the member's page to the desk with that member open."""
    return _drawn(request, "circulation/panels/desk_link.html", permissions.LEND, member=member)


def loans_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member has now; and what came back, when the member keeps a history."""
    history = queries.loan_history(member)[:HISTORY_SHOWN] if member.keeps_history else []
    return _drawn(
        request,
        "circulation/panels/loans.html",
        permissions.SEE,
        member=member,
        loans=queries.open_loans(member),
        history=history,
    )


def holds_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member waits for."""
    return _drawn(request, "circulation/panels/holds.html", permissions.SEE, member=member, holds=queries.open_holds(member))


def _drawn(request: HttpRequest, template: str, permission: str, **context: object) -> SafeString:
    if not may(request.user, permission):
        return SafeString("")
    return render_to_string(template, context, request)
