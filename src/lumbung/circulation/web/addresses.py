"""The desk's address carries everything that is open on it, so that a page can be left, reloaded, and opened twice."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from lumbung.members.models import Member

RETURNING = "return"


def desk_address(*, member: Member | int | None = None, **given: Any) -> str:
    """Of ``given``, what is None or empty is left out: ``mode``, ``item``, ``q``, ``done``, ``loan`` …"""
    key = member.pk if isinstance(member, Member) else member
    parameters = {name: value for name, value in {"member": key, **given}.items() if value not in {None, ""}}
    return f"{reverse('circulation:desk')}?{urlencode(parameters)}" if parameters else reverse("circulation:desk")


def to_desk(*, member: Member | int | None = None, **given: Any) -> HttpResponse:
    """Go to the desk (POST, redirect, GET), and htmx gets only what changes there."""
    return redirect(desk_address(member=member, **given))


def open_member(parameters: QueryDict) -> Member | None:
    """The member who is open on the desk that sent this."""
    key = parameters.get("member", "")
    members = Member.objects.select_related("category", "branch", "fee_account")
    return members.filter(pk=key).first() if key.isdecimal() else None
