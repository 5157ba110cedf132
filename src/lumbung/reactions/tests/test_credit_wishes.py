"""Whoever leaves is named as they wished, in what they wrote and in what is made of it later."""

import pytest

from lumbung.accounts.domain.users import deactivate
from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel.jobs.worker import work_off
from lumbung.knowledge.domain.articles.credits import hand_on_credit
from lumbung.knowledge.domain.people import change_profile
from lumbung.knowledge.models import Contribution
from lumbung.knowledge.tests.making import draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("keeps", "shown"), [(True, "Bambang Sutrisno"), (False, "")])
def test_the_name_of_whoever_left_stands_or_falls_away_and_the_credit_stays(sari, keeps, shown):
    bambang = UserFactory(name="Bambang Sutrisno", roles=[Role.CATALOGUER])
    change_profile(keeps_name=keeps, by=bambang)
    written = draft(bambang, "Menjilid koran lama")
    deactivate(bambang, by=sari)
    work_off()
    derived = draft(sari, "Menjilid, disusun ulang")
    bambang.refresh_from_db()
    hand_on_credit(written, derived, by=sari)
    rows = Contribution.objects.filter(person=bambang).order_by("pk").values_list("article", "name")
    assert list(rows) == [(written.pk, shown), (derived.pk, shown)]
