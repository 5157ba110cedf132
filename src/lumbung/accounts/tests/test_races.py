"""Two administrators at the same moment."""

import time

import pytest
from django.db import transaction

from lumbung.accounts.domain.users import deactivate
from lumbung.accounts.models import User
from lumbung.kernel.tests.race import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_administrators_do_not_deactivate_each_other_together(with_role):
    boss, chief = with_role("admin"), with_role("admin")

    def first() -> None:
        with transaction.atomic():
            deactivate(boss, by=chief)
            time.sleep(0.4)

    def second() -> None:
        time.sleep(0.2)
        deactivate(chief, by=boss)

    _won, refused = race(first, second)
    assert refused == [["last_administrator"]]
    assert list(User.objects.filter(is_active=True)) == [chief]
