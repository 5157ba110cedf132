"""What the portal tells a member of themselves, and forgets."""

import pytest

from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.knowledge.domain.own_data import HOLDING
from lumbung.knowledge.models import Board
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_member_is_told_of_their_projects_and_leaves_them_when_forgotten():
    sari, ani = UserFactory(), MemberFactory(user=UserFactory())
    now = clock.now()
    ours = Board.objects.create(title="Panduan sitasi", goal="Satu halaman", made_by=sari, began_at=now)
    ours.members.set([sari, ani.user])
    Board.objects.create(title="Pojok baca", goal="Rencana", made_by=sari, began_at=now).members.set([sari])
    assert HOLDING.told(ani) == {"projects": [{"title": "Panduan sitasi", "began_at": now}]}
    HOLDING.erase(ani)
    assert (HOLDING.told(ani), list(ours.members.all())) == ({"projects": []}, [sari])
