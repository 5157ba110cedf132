"""Whose deed a device tells of: who opened the page there, as long as that may be true and they may do it."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lumbung.accounts.domain.users import deactivate
from lumbung.accounts.domain.who_did import signed_name, users_named
from lumbung.accounts.permissions import MANAGE_USERS

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def named(told: str, page: str = "meja"):
    return users_named({told}, page=page, within=DAY, permission=MANAGE_USERS).get(told)


def test_a_signed_name_is_good_for_its_page_as_long_as_what_was_done_there_may_come(with_role, monkeypatch):
    head = with_role("head")
    told = signed_name(head, page="meja")
    assert (named(told), named(told, page="opname")) == (head, None)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + DAY.total_seconds() + 60)
    assert named(told) is None


def test_who_may_not_do_it_or_was_deactivated_is_not_named(ani, with_role):
    head, other = with_role("head"), with_role("head")
    told = signed_name(other, page="meja")
    assert named(told) == other
    deactivate(other, by=head)
    assert [named(told), named(signed_name(ani, page="meja"))] == [None, None]


@pytest.mark.parametrize("told", ["None", "", "1", "1:2:3", "\ud800", "\ud800:a:b", "\0"])
def test_what_we_never_signed_names_nobody(told):
    assert named(told) is None


def test_nobody_signed_in_names_nobody():
    assert named(signed_name(AnonymousUser(), page="meja")) is None
