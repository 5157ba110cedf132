"""Who comes in is counted once: by any number of theirs, as a guest who agrees, or as a group."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.tests.factories import MemberIdentifierFactory
from lumbung.organization.tests.factories import BranchFactory
from lumbung.spaces.domain.privacy import forget_visitors
from lumbung.spaces.domain.visits import (
    Kept,
    arrive,
    arrive_as_group,
    arrive_as_guest,
    remove_visit,
    say_purpose,
)
from lumbung.spaces.models import Visit
from lumbung.spaces.tests.factories import GateFactory, PurposeFactory, VisitFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def gate():
    return GateFactory(name="Pintu utama")


def test_a_member_comes_by_card_by_number_and_by_a_scanner_that_adds_to_it(gate, ani, budi):
    MemberIdentifierFactory(member=budi, value="2110123456")
    for code in ("M-ANI", " m-ani\r\n", "*M-ANI*", "M-ANIM-ANI"):
        with clock.stopped_at(MORNING):
            assert arrive(code, gate=gate).visit.member == ani
    assert arrive("2110123456", gate=gate).visit.member == budi


def test_the_day_and_hour_are_those_of_the_branch(ani):
    jayapura = GateFactory(branch=BranchFactory(code="JAYA", time_zone="Asia/Jayapura"))
    with clock.stopped_at(datetime(2026, 11, 23, 15, 30, tzinfo=UTC)):
        visit = arrive("M-ANI", gate=jayapura).visit
    assert (visit.day, visit.hour) == (date(2026, 11, 24), 0)


def test_within_the_repeat_window_of_a_gate_a_member_counts_once(gate, ani):
    other = GateFactory(branch=gate.branch, name="Ruang referensi")
    with clock.stopped_at(MORNING):
        first = arrive("M-ANI", gate=gate)
        assert (arrive("M-ANI", gate=gate).visit, arrive("M-ANI", gate=gate).repeated) == (first.visit, True)
        assert not arrive("M-ANI", gate=other).repeated
    with clock.stopped_at(MORNING + timedelta(minutes=30)):
        assert not arrive("M-ANI", gate=gate).repeated
    assert Visit.objects.count() == 3


def test_an_unknown_and_an_empty_card_are_told_apart(gate):
    with pytest.raises(Refused) as unknown:
        arrive("XYZ-1", gate=gate)
    with pytest.raises(Refused) as empty:
        arrive(" \t\n", gate=gate)
    assert (unknown.value.codes, empty.value.codes) == (["card_unknown"], ["card_empty"])
    assert not Visit.objects.exists()


def test_a_guest_is_noted_with_consent_and_told_of_all_that_lacks(gate):
    with pytest.raises(Refused) as refused:
        arrive_as_guest(gate=gate, name=" ", consents=False)
    assert refused.value.codes == ["visitor_name_empty", "consent_missing"]
    visit = arrive_as_guest(gate=gate, name=" Tuti ", institution="SMA 1", consents=True).visit
    assert (visit.name, visit.institution, visit.kind, visit.people) == ("Tuti", "SMA 1", "guest", 1)


@pytest.mark.parametrize(("people", "codes"), [(0, ["group_size"]), (1, ["group_size"]), (1001, ["group_size"])])
def test_a_group_is_two_to_a_thousand(gate, people, codes):
    with pytest.raises(Refused) as refused:
        arrive_as_group(gate=gate, name="Kelas X", people=people)
    assert refused.value.codes == codes
    assert arrive_as_group(gate=gate, name="Kelas X", people=1000).visit.people == 1000


def test_a_visit_a_device_kept_counts_once_however_often_and_late_it_is_sent(gate, ani):
    kept = Kept("TABLET-1", 7, MORNING)
    with clock.stopped_at(MORNING + timedelta(days=7)):
        first = arrive("M-ANI", gate=gate, kept=kept)
        again = arrive("M-ANI", gate=gate, kept=kept)
        guest = arrive_as_guest(gate=gate, name="Tuti", consents=True, kept=Kept("TABLET-1", 8, MORNING))
        assert arrive_as_guest(gate=gate, name="Tuti", consents=True, kept=Kept("TABLET-1", 8, MORNING)).visit == guest.visit
    assert (first.repeated, again.repeated, first.visit == again.visit) == (False, True, True)
    assert (first.visit.came_at, Visit.objects.count()) == (MORNING, 2)


@pytest.mark.parametrize("said", [MORNING + timedelta(hours=1), MORNING - timedelta(days=90), datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_clock_gone_wrong_is_not_believed(gate, ani, said):
    with clock.stopped_at(MORNING):
        assert arrive("M-ANI", gate=gate, kept=Kept("TABLET-1", 1, said)).visit.came_at == MORNING


def test_a_gate_not_in_use_counts_only_what_it_kept_before(gate, ani):
    gate.is_active = False
    gate.save()
    with pytest.raises(Refused) as refused:
        arrive("M-ANI", gate=gate)
    assert refused.value.codes == ["gate_closed"]
    assert not arrive("M-ANI", gate=gate, kept=Kept("TABLET-1", 1, clock.now())).repeated


def test_the_purpose_is_said_within_five_minutes(gate, ani):
    reading = PurposeFactory()
    with clock.stopped_at(MORNING):
        visit = arrive("M-ANI", gate=gate).visit
        assert say_purpose(visit, reading).purpose == reading
    with clock.stopped_at(MORNING + timedelta(minutes=6)), pytest.raises(Refused) as refused:
        say_purpose(visit, reading)
    assert refused.value.codes == ["visit_too_old_to_change"]


def test_the_journal_knows_of_the_visit_and_not_who_came(gate, ani, sari):
    visit = arrive("M-ANI", gate=gate, by=sari).visit
    remove_visit(visit, by=sari)
    told = [(entry.name, entry.data) for entry in JournalEntry.objects.order_by("pk")]
    facts = {"visit": visit.pk, "gate": gate.pk, "branch": gate.branch_id, "people": 1}
    assert told == [("VisitCounted", facts), ("VisitRemoved", facts)]
    assert not Visit.objects.exists()


def test_after_thirty_days_nobody_knows_who_came_and_the_figures_stay(gate, ani, sari):
    with clock.stopped_at(MORNING):
        arrive("M-ANI", gate=gate)
        arrive_as_guest(gate=gate, name="Tuti", institution="SMA 1", consents=True, by=sari)
        arrive_as_group(gate=gate, name="Kelas X", people=30)
    with clock.stopped_at(MORNING + timedelta(days=29)):
        assert forget_visitors() == 0
    with clock.stopped_at(MORNING + timedelta(days=31)):
        assert (forget_visitors(), forget_visitors()) == (2, 0)
    member, guest, group = Visit.objects.order_by("pk")
    assert (member.member, member.category) == (None, ani.category)
    assert (guest.name, guest.institution, guest.recorded_by) == ("", "SMA 1", None)
    assert group.name == "Kelas X"


def test_the_database_holds_what_the_verbs_promise(gate, ani):
    wrong = [{"people": 0, "kind": "group"}, {"people": 2}, {"hour": 24}, {"kind": "guest", "member": ani}]
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitFactory(gate=gate, **facts)


@pytest.mark.django_db(transaction=True)
def test_a_card_scanned_at_two_readers_at_once_counts_once(ani):
    gate = GateFactory()
    won, refused = race(*[lambda: arrive("M-ANI", gate=gate)] * 3)
    assert ([each.repeated for each in won].count(False), refused) == (1, [])
    assert Visit.objects.count() == 1
