"""The list of members, and the page of one."""

from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel import clock, journal
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.web.access import SEE_JOURNAL
from lumbung.members import permissions, queries
from lumbung.members.domain.exports import EXPORTED, export_members
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import Member, MemberMerger
from lumbung.members.web.forms import BlockForm, ListForm, RenewalForm
from lumbung.organization import queries as organization

LAST_EVENTS = 6


@needs(permissions.SEE)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Members by name, narrowed by words, category, branch and state."""
    form = ListForm(request.GET)
    page = page_of(chosen(request, form).select_related("category", "branch").prefetch_related("identifiers"), request)
    return render(request, "members/list.html", {"form": form, "page": page, "today": clock.today(organization.library().zone)})


@needs(permissions.EXPORT)
@require_POST
def members_csv(request: HttpRequest) -> HttpResponseBase:
    """The list of the address as a table; the journal keeps who took how many away, so it is asked for by POST."""
    rows = export_members(chosen(request, ListForm(request.GET)), by=request.user)
    return csv_response("anggota.csv", list(EXPORTED.values()), rows)


@needs(permissions.SEE)
@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: facts, numbers, what other parts know of them, and what happened last."""
    shown = _seen_by(request).select_related("category", "branch", "user", "programme").filter(pk=pk).first()
    if shown is None:
        return redirect("members:member", _stayed(pk))
    note_look(shown, by=cast("User", request.user))
    forms = {"renewal_form": RenewalForm(), "block_form": BlockForm()}
    facts = {"member": shown, "identifiers": shown.identifiers.all(), "today": clock.today(shown.branch.zone)}
    happened = journal.entries(journal.Asked(member=pk), size=LAST_EVENTS) if may(request.user, SEE_JOURNAL) else None
    merged = MemberMerger.objects.filter(into=pk, undone_at__isnull=True) if may(request.user, permissions.MERGE) else ()
    return render(request, "members/member.html", {**facts, **forms, "happened": happened, "merged": merged})


def _stayed(pk: int) -> int:
    """Who stayed, where this was somebody registered twice."""
    into = queries.merged_into(pk)
    if into is None:
        raise Http404
    return into


def chosen(request: HttpRequest, form: ListForm) -> "QuerySet[Member]":
    """The members this user may see that the filters leave; filters that make no sense leave nobody."""
    if not form.is_valid():
        return Member.objects.none()
    asked = form.cleaned_data
    found = queries.narrowed(_seen_by(request), asked["q"]) if asked["q"] else _seen_by(request)
    if asked["category"]:
        found = found.filter(category=asked["category"])
    if asked["branch"]:
        found = found.filter(branch=asked["branch"])
    return queries.in_state(found, asked["state"], on=clock.today(organization.library().zone)).order_by("name", "id")


def _seen_by(request: HttpRequest) -> "QuerySet[Member]":
    return queries.members_visible_to(request.user)
