"""What rules say of holds: how many in a day and on one title."""

from datetime import UTC, date, datetime

import pytest

from lumbung.circulation.domain.holds import cancel_hold, hold_days, place_hold
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.queries import decision
from lumbung.circulation.queries.explaining import explanation, said_words
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.studies import add_programme, faculty_named

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


def refusal_of(verb, *given, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*given, **said)
    return [str(reason) for reason in refused.value.reasons]


def test_so_many_holds_in_a_day_are_placed_and_no_more_until_midnight_at_the_branch(ani, budi, pusat, rule):
    rule.name, rule.holds_per_day, rule.hold_limit = "Mahasiswa", 2, 10
    rule.save()
    records = [ItemFactory().record for _ in range(5)]
    with clock.stopped_at(MONDAY):
        first, _ = (place_hold(each, member=ani, pickup_branch=pusat, by=ani.user) for each in records[:2])
        assert refusal_of(place_hold, records[2], member=ani, pickup_branch=pusat, by=ani.user) == [
            "Hari ini sudah mencapai batas 2 pesanan sehari (aturan “Mahasiswa”). Coba lagi besok."
        ]
        place_hold(records[2], member=budi, pickup_branch=pusat, by=budi.user)
        cancel_hold(first, by=ani.user)
        place_hold(records[2], member=ani, pickup_branch=pusat, by=ani.user)
    with clock.stopped_at(MONDAY.replace(hour=16, minute=59)):  # a minute before midnight in Jakarta
        assert len(refusal_of(place_hold, records[3], member=ani, pickup_branch=pusat, by=ani.user)) == 1
    with clock.stopped_at(MONDAY.replace(hour=17)):
        place_hold(records[3], member=ani, pickup_branch=pusat, by=ani.user)


def test_so_many_volumes_of_one_title_are_held_at_once(ani, pusat, rule):
    rule.name, rule.holds_per_record = "Mahasiswa", 1
    rule.save()
    record, other = RecordFactory(), ItemFactory().record
    for volume in ("1", "2"):
        ItemFactory(record=record, volume=volume)
    with clock.stopped_at(MONDAY):
        place_hold(record, member=ani, pickup_branch=pusat, volume="1", by=ani.user)
        assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, volume="2", by=ani.user) == [
            "Sudah mencapai batas 1 pesanan untuk satu judul (aturan “Mahasiswa”)."
        ]
        place_hold(other, member=ani, pickup_branch=pusat, by=ani.user)
        change_rule(rule, holds_per_record=None, by=None)
        place_hold(record, member=ani, pickup_branch=pusat, volume="2", by=ani.user)


@pytest.mark.parametrize("limit", ["holds_per_day", "holds_per_record"])
def test_none_in_a_day_or_on_a_title_is_none_at_all_unless_another_copy_may_be_held(ani, pusat, rule, limit):
    reserve, other = ItemTypeFactory(code="reserve"), ItemTypeFactory()
    LoanRuleFactory(
        name="Tandon",
        category=None,
        item_type=reserve,
        loan_days=None,
        loan_limit=None,
        renewal_limit=None,
        hold_limit=None,
        **{limit: 0},
    )
    record = ItemFactory(item_type=reserve).record
    with clock.stopped_at(MONDAY):
        assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, by=ani.user) == [
            "Judul ini tidak dapat dipesan (aturan “Tandon”)."
        ]
        ItemFactory(record=record, item_type=other)
        place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)


def test_each_limit_of_holds_is_told_with_the_rule_that_says_it(ani, pusat, rule):
    LoanRuleFactory(
        name="Pusat", category=None, branch=pusat, loan_days=None, loan_limit=None, renewal_limit=None, hold_limit=None,
        holds_per_day=2, holds_per_record=1,
    )  # fmt: skip
    found = decision(ItemFactory(), ani, pusat)
    told = {each.name: (each.words, each.ruling.title) for each in explanation(found) if each.ruling}
    assert (told["holds_per_day"], told["holds_per_record"]) == (("paling banyak 2", "Pusat"), ("paling banyak 1", "Pusat"))
    assert said_words(found.said["holds_per_day"]) == ["pesanan sehari paling banyak 2", "pesanan tiap judul paling banyak 1"]


@pytest.mark.parametrize("fact", ["programme", "faculty", "age_to", "unit"])
def test_a_rule_for_programme_faculty_age_or_unit_speaks_of_holds_and_of_how_long_they_wait(sari, ani, pusat, rule, fact):
    law = faculty_named("Hukum")
    programme = add_programme(code="1", name="Ilmu hukum", level="S1", faculty=law, by=None)
    ani.programme, ani.born_on, ani.unit = programme, date(2015, 1, 1), "Kelas 5"
    ani.save()
    said = {"programme": programme, "faculty": law, "age_to": 17, "unit": "Kelas 5"}[fact]
    with clock.stopped_at(MONDAY):
        own = add_rule(name="Khusus", hold_days=9, hold_limit=1, by=None, **{fact: said})
        item = ItemFactory(branch=pusat)
        hold = place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
        assert hold_days(hold, item, pusat) == 9
        change_rule(own, hold_limit=0, by=None)
        with pytest.raises(Refused) as refused:
            place_hold(ItemFactory(branch=pusat).record, member=ani, pickup_branch=pusat, by=ani.user)
    assert refused.value.codes == ["held_by_no_rule"]
