"""How many people may be behind a gate at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.spaces.domain.gates import add_gate, change_gate
from lumbung.spaces.domain.visits import Kept, arrive, arrive_as_group, arrive_as_guest
from lumbung.spaces.models import Gate, Visit
from lumbung.spaces.queries import people_inside
from lumbung.spaces.tests.factories import GateFactory

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def gate(db):
    return GateFactory(name="Ruang baca", capacity=3, stay_minutes=60)


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


@pytest.mark.django_db
def test_a_full_room_asks_to_wait_until_somebody_counts_as_gone(gate, ani, budi):
    with clock.stopped_at(MORNING):
        arrive("M-ANI", gate=gate)
    with clock.stopped_at(MORNING + timedelta(minutes=10)):
        arrive_as_group(gate=gate, name="Kelas X", people=2)
        assert people_inside(gate) == 3
        told = refusal(lambda: arrive("M-BUDI", gate=gate))
        assert (told.codes, str(told.reasons[0])[-6:]) == (["gate_full"], "10.00.")
        assert str(refusal(lambda: arrive_as_group(gate=gate, name="Kelas Y", people=2)).reasons[0])[-6:] == "10.10."
        assert refusal(lambda: arrive_as_group(gate=gate, name="Kelas Z", people=4)).codes == ["group_larger_than_room"]
        assert not Visit.objects.filter(member=budi).exists()
        assert arrive("M-ANI", gate=gate).repeated
    with clock.stopped_at(MORNING + timedelta(minutes=61)):
        assert people_inside(gate) == 2
        arrive("M-BUDI", gate=gate)
        assert people_inside(gate) == 3


@pytest.mark.django_db
def test_whom_staff_let_in_and_who_came_while_the_line_was_cut_count_all_the_same(gate, ani, budi):
    with clock.stopped_at(MORNING):
        arrive_as_group(gate=gate, name="Kelas X", people=3)
        arrive("M-ANI", gate=gate, is_let_in=True)
    with clock.stopped_at(MORNING + timedelta(minutes=20)):
        late = Kept("TABLET-1", 1, MORNING + timedelta(minutes=5))
        assert arrive("M-BUDI", gate=gate, kept=late).visit.came_at == late.at
        assert people_inside(gate) == 5
        now = Kept("TABLET-1", 2, MORNING + timedelta(minutes=20))
        assert refusal(lambda: arrive_as_guest(gate=gate, name="Tuti", consents=True, kept=now)).codes == ["gate_full"]


@pytest.mark.django_db
def test_who_took_the_last_place_a_moment_after_one_came_has_it(gate):
    with clock.stopped_at(MORNING):
        arrive_as_group(gate=gate, name="Kelas X", people=3)
        before = Kept("TABLET-1", 1, MORNING - timedelta(seconds=2))
        assert refusal(lambda: arrive_as_guest(gate=gate, name="Tuti", consents=True, kept=before)).codes == ["gate_full"]


@pytest.mark.django_db
def test_a_gate_without_a_limit_counts_nobody_inside(sari, django_assert_num_queries):
    gate = GateFactory()
    with django_assert_num_queries(0):
        assert people_inside(gate) is None
    arrive_as_group(gate=gate, name="Kelas X", people=1000)


@pytest.mark.django_db
def test_limits_out_of_range_are_refused_and_the_database_holds_them(gate, sari):
    told = refusal(lambda: add_gate(branch=gate.branch, by=sari, name="Aula", capacity=0, stay_minutes=0))
    assert told.codes == ["capacity_out_of_range", "stay_out_of_range"]
    assert change_gate(gate, by=sari, capacity=None).capacity is None
    for wrong in ({"capacity": 0}, {"stay_minutes": 0}, {"stay_minutes": 1441}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Gate.objects.filter(pk=gate.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one():
    gate = GateFactory(capacity=1)
    came, refused = race(*[lambda: arrive_as_guest(gate=gate, name="Wati", consents=True)] * 3)
    assert (len(came), refused) == (1, [["gate_full"]] * 2)
    assert Visit.objects.count() == 1
