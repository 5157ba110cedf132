"""Where a copy goes that came back to a branch other than its own: home, back to where it was lent, or nowhere."""

import pytest
from django.db import IntegrityError, transaction

from lumbung.catalogue.domain.items import change_item
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import LoanRule
from lumbung.circulation.queries import decision_of_copy, explanation_of_copy, items_to_send_home, pull_list
from lumbung.circulation.queries.explaining import said_words
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Location
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hukum(db):
    """The library of the faculty of law."""
    return BranchFactory(code="HUKUM")


@pytest.mark.parametrize(("said", "to"), [("home", "TEKNIK"), ("lender", "PUSAT"), ("stays", None)])
def test_what_came_back_elsewhere_goes_where_the_branch_it_belongs_to_says(sari, ani, pusat, teknik, hukum, rule, said, to):
    add_rule(name="Milik Teknik", branch=teknik, return_to=said, by=None)
    item = ItemFactory(branch=teknik, held_at=pusat)
    check_out(item, to=ani, at=pusat, by=sari)
    result = check_in(item, at=hukum, by=sari)
    assert (result.send_to and result.send_to.code) == to
    assert [(each, each.goes_to.code) for each in items_to_send_home(hukum)] == ([(item, to)] if to else [])


def test_a_copy_stays_where_it_came_back_until_it_comes_back_elsewhere_and_is_fetched_there(
    sari, ani, budi, pusat, teknik, rule
):
    add_rule(return_to="stays", by=None)
    item = ItemFactory(branch=teknik)
    check_out(item, to=ani, at=teknik, by=sari)
    assert check_in(item, at=pusat, by=sari).send_to is None
    assert [list(items_to_send_home(each)) for each in (pusat, teknik)] == [[], []]
    hold = HoldFactory(record=item.record, member=budi, pickup_branch=pusat)
    assert [(pull.hold, pull.item) for pull in pull_list(pusat)] == [(hold, item)]


def test_what_goes_back_to_its_lender_arrives_there_and_goes_no_further(sari, ani, pusat, teknik, hukum, rule):
    add_rule(return_to="lender", by=None)
    item = ItemFactory(branch=teknik, held_at=pusat)
    check_out(item, to=ani, at=pusat, by=sari)
    assert check_in(item, at=hukum, by=sari).send_to == pusat
    assert check_in(item, at=pusat, by=sari).send_to is None
    assert list(items_to_send_home(pusat)) == []


def test_somebody_who_waits_goes_before_a_rule_on_where_copies_go(sari, ani, budi, pusat, teknik, rule):
    add_rule(return_to="stays", by=None)
    loan = LoanFactory(item=ItemFactory(branch=teknik), member=ani)
    HoldFactory(record=loan.item.record, member=budi, pickup_branch=teknik)
    assert check_in(loan.item, at=pusat, by=sari).send_to == teknik


def test_a_copy_that_is_given_to_another_branch_goes_home_there(sari, pusat, teknik, hukum):
    rule = add_rule(return_to="stays", by=None)
    item = ItemFactory(branch=teknik)
    check_in(item, at=pusat, by=sari)
    LoanRule.objects.filter(pk=rule.pk).delete()
    item.refresh_from_db()
    item = change_item(item, branch=hukum, by=sari)
    assert (item.returns_to, item.goes_to, list(items_to_send_home(pusat))) == (None, hukum, [item])


def test_where_copies_go_depends_on_no_borrower_and_the_rule_is_named(sari, ani, teknik):
    with pytest.raises(Refused) as refused:
        add_rule(category=ani.category, return_to="stays", by=sari)
    assert refused.value.codes == ["rule_returns_of_members"]
    with pytest.raises(IntegrityError), transaction.atomic():
        LoanRule.objects.create(category=ani.category, return_to="stays")
    rule = add_rule(name="Milik Teknik", branch=teknik, return_to="stays", by=sari)
    found = decision_of_copy(ItemFactory(branch=teknik))
    (told,) = explanation_of_copy(found)
    assert (told.label, told.words, told.ruling.title) == (
        "Sesudah kembali",
        "tinggal di cabang tempat dikembalikan",
        "Milik Teknik",
    )
    assert said_words(told.ruling) == ["tinggal di cabang tempat dikembalikan"]
    assert (told.ruling.pk, explanation_of_copy(decision_of_copy(ItemFactory()))) == (rule.pk, [])


def test_what_stays_at_another_branch_is_not_sent_to_a_shelf_of_its_own(client, sari, pusat, teknik):
    add_rule(return_to="stays", by=None)
    item = ItemFactory(branch=teknik, location=Location.objects.create(branch=teknik, code="L2", name="Lantai dua"))
    client.force_login(sari)
    told = []
    for branch in (teknik, pusat):
        client.post("/staff/desk/branch", {"branch": branch.pk})
        page = client.post("/staff/desk", {"code": item.barcode}, follow=True).content.decode()
        told.append(("Kembali ke rak:" in page, "Lantai dua" in page))
    assert told == [(True, True), (True, False)]
