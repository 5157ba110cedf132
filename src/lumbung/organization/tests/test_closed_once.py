"""A closure that two tabs or two colleagues announce, and one whose form is pressed twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.kernel.tests.race import race
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.domain.holidays import import_holidays
from lumbung.organization.models import Closure
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tabs_announce_a_closure_once(with_role: Callable[..., Any]) -> None:
    LibraryFactory()
    day = timezone.localdate() + timedelta(days=30)
    clerk = with_role("head")
    tabs = [Client(), Client()]
    for tab in tabs:
        tab.force_login(clerk)
    sent = {"first_day": f"{day}", "last_day": f"{day}", "reason": "Rapat kerja", "kind": "own"}
    answers, _refused = race(
        *(
            lambda tab=tab, token=token: tab.post("/staff/organization/closures", sent | {"csrfmiddlewaretoken": token * 64})
            for tab, token in zip(tabs, "ab", strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert "Penutupan ini sudah diumumkan." in refused.text
    assert Closure.objects.count() == 1


def test_a_branch_may_close_beside_the_others_and_for_another_reason() -> None:
    LibraryFactory()
    day = timezone.localdate() + timedelta(days=30)
    told = {"first_day": day, "last_day": day, "by": None}
    announce_closure(**told, reason="Rapat kerja")
    announce_closure(**told, reason="Rapat kerja", branch=BranchFactory())
    announce_closure(**told, reason="Listrik padam")
    assert Closure.objects.count() == 3


def test_two_bring_the_same_list_of_holidays_in_at_the_same_moment() -> None:
    LibraryFactory()
    day = timezone.localdate() + timedelta(days=30)
    content = f"tanggal,nama\n{day},Hari Raya Nyepi\n".encode()
    _kept, refused = race(*(lambda: import_holidays(content, by=None) for _ in range(2)))
    assert (Closure.objects.count(), refused) == (1, [["no_new_holidays"]])
