"""Registering somebody by a form that is sent twice."""

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel.tests.race import race
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory
from lumbung.organization.tests.factories import BranchFactory


@pytest.mark.django_db(transaction=True)
def test_a_member_whose_form_is_pressed_twice_is_registered_once() -> None:
    clerk = UserFactory(roles=[Role.LIBRARIAN])
    numbers = {"numbers-TOTAL_FORMS": "0", "numbers-INITIAL_FORMS": "0"}
    facts = {"name": "Rara", "category": CategoryFactory().pk, "branch": BranchFactory().pk}
    sent = {"csrfmiddlewaretoken": "a" * 64, **facts, **numbers}
    desks = [Client(), Client()]
    for desk in desks:
        desk.force_login(clerk)
    answers, _refused = race(*(lambda desk=desk: desk.post("/staff/members/new", sent) for desk in desks))
    rara = Member.objects.get()
    assert [answer.url for answer in answers] == [f"/staff/members/{rara.pk}"] * 2
