"""Weeding: proposed by criteria, looked through, approved with minutes, taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.items import change_item, set_status
from lumbung.catalogue.domain.withdrawals import (
    Criteria,
    approve_withdrawal,
    drop_withdrawal,
    keep_lines,
    propose_withdrawal,
    undo_withdrawal,
)
from lumbung.catalogue.models import Record, Withdrawal
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.formats.marc import Field
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.library import set_up

SIGNED = [{"name": "Sari", "role": "Kepala", "number": "1980"}]
MINUTES = {
    "number": "01/BA-P/2026",
    "place": "Yogyakarta",
    "dated": date(2026, 11, 29),
    "signers": SIGNED,
    "hide_titles": True,
    "address_of": lambda token: f"https://pustaka.example/minutes/weedings/{token}",
}


@pytest.fixture
def four(db):
    """Three copies of one old title (the second is lent, the third was lent this year), and one of a young title."""
    set_up(name="Perpustakaan Nusa", by=None)
    old = a_record("MS-DOS untuk pemula")
    items = [an_item(old, f"B-{number}") for number in (1, 2, 3)]
    young = a_record("Kecerdasan buatan", Field("264", " ", "1", [("c", "2024")]))
    Record.objects.filter(pk=young.pk).update(year=2024)
    return [*items, an_item(young, "B-4")]


@pytest.fixture(autouse=True)
def _some_are_lent(four, monkeypatch):
    """Circulation tells of loans; here it is told for it."""
    ways = (lambda keys: {four[1].pk} & set(keys), lambda: {four[1].pk}, lambda since: {four[1].pk, four[2].pk})
    monkeypatch.setattr(lending, "_ways", [ways])


def proposed(**criteria) -> Withdrawal:
    selection = Selection(barcodes=["B-1", "B-2", "B-3", "B-4"])
    return propose_withdrawal(selection, Criteria(**criteria), name="Usang", reason="isi usang", by=None)


@pytest.mark.parametrize(
    ("criteria", "barcodes"),
    [
        ({}, ["B-1", "B-3", "B-4"]),
        ({"published_before": 2000}, ["B-1", "B-3"]),
        ({"idle_years": 1}, ["B-1", "B-4"]),
        ({"copies_to_keep": 2}, ["B-1"]),
        ({"copies_to_keep": 0, "published_before": 2000}, ["B-1", "B-3"]),
        ({"here_before": date(2100, 1, 1)}, ["B-1", "B-3", "B-4"]),
    ],
)
def test_copies_are_proposed_by_criteria_and_never_one_that_is_lent(four, criteria, barcodes) -> None:
    assert [line.barcode for line in proposed(**criteria).lines.order_by("barcode")] == barcodes


def test_nothing_and_too_much_are_refused(four, monkeypatch) -> None:
    for codes, criteria in (("no_items_chosen", {"here_before": date(1990, 1, 1)}),):
        with pytest.raises(Refused, match=codes):
            proposed(**criteria)
    with pytest.raises(Refused, match="nothing_chosen"):
        propose_withdrawal(Selection(), Criteria(), name="x", reason="y", by=None)
    monkeypatch.setattr("lumbung.catalogue.domain.withdrawals.proposing.MOST", 2)
    with pytest.raises(Refused, match="withdrawal_too_large"):
        proposed()


def test_what_is_approved_goes_with_minutes_and_comes_back(four, sari) -> None:
    weeding = proposed()
    keep_lines(weeding, {weeding.lines.get(barcode="B-3").pk}, set(weeding.lines.values_list("pk", flat=True)))
    change_item(four[0], price=85000, by=None)
    weeding = approve_withdrawal(weeding, by=sari, **MINUTES)
    statuses = lambda: [type(item).objects.get(pk=item.pk).status for item in four]  # noqa: E731
    assert statuses() == ["withdrawn", "available", "available", "withdrawn"]
    assert list(Record.objects.filter(suppressed=True).values_list("title", flat=True)) == ["Kecerdasan buatan"]
    assert (len(weeding.digest), weeding.stored_file.endswith(".pdf"), weeding.approved_by) == (64, True, sari)
    for verb in (lambda: approve_withdrawal(weeding, by=sari, **MINUTES), lambda: drop_withdrawal(weeding, by=sari)):
        with pytest.raises(Refused, match="withdrawal_not_proposed"):
            verb()
    set_status(four[0], "lost", by=sari)
    undo_withdrawal(weeding, by=sari)
    assert statuses() == ["lost", "available", "available", "available"]
    assert not Record.objects.filter(suppressed=True).exists()
    with pytest.raises(Refused, match="withdrawal_not_approved"):
        undo_withdrawal(weeding, by=sari)
    names = JournalEntry.objects.filter(name__startswith="Withdrawal").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["WithdrawalProposed", "WithdrawalApproved", "WithdrawalUndone"]


def test_minutes_need_signers_and_a_number_of_their_own(four) -> None:
    approve_withdrawal(proposed(published_before=2000), by=None, **MINUTES)
    with pytest.raises(Refused) as refused:
        approve_withdrawal(proposed(), by=None, **{**MINUTES, "number": "01/ba-p/2026", "signers": []})
    assert refused.value.codes == ["signers_one_to_three", "minutes_number_taken"]


def test_a_proposal_goes_through_the_pages(client, four, sari, with_role, signed_in) -> None:
    desk = signed_in(client, sari)
    facts = {"barcodes": "B-1\nB-3", "name": "Usang", "reason": "isi usang", "published_before": "2000"}
    desk.post(reverse("catalogue:withdrawal_propose"), facts)
    weeding = Withdrawal.objects.get()
    page = reverse("catalogue:withdrawal", args=[weeding.pk])
    assert "Setujui 2 eksemplar" in desk.get(page).content.decode()
    desk.post(page, {"keep": weeding.lines.get(barcode="B-1").pk})
    assert "Setujui 1 eksemplar" in desk.get(page).content.decode()
    approve = reverse("catalogue:withdrawal_approve", args=[weeding.pk])
    assert desk.post(approve, {"number": "1"}).status_code == 422
    told = {
        "number": "1/2026",
        "place": "Yogya",
        "dated": "2026-11-29",
        "name_1": "Sari",
        "role_1": "Kepala",
        "hide_titles": "on",
    }
    assert desk.post(approve, told)["Location"] == page
    minutes = b"".join(desk.get(reverse("catalogue:withdrawal_minutes", args=[weeding.pk])))
    assert minutes.startswith(b"%PDF-")
    four[2].refresh_from_db()
    assert four[2].status == "withdrawn"
    cataloguer = signed_in(client, with_role("cataloguer"))
    assert (cataloguer.get(page).status_code, cataloguer.get(approve).status_code) == (200, 403)
    assert cataloguer.post(reverse("catalogue:withdrawal_undo", args=[weeding.pk])).status_code == 403
    signed_in(client, sari).post(reverse("catalogue:withdrawal_undo", args=[weeding.pk]))
    four[2].refresh_from_db()
    assert four[2].status == "available"


def test_members_and_the_desk_weed_nothing(client, four, ani, budi, with_role, signed_in) -> None:
    weeding = proposed()
    pages = [reverse("catalogue:withdrawals"), reverse("catalogue:withdrawal_propose")]
    pages += [
        reverse(f"catalogue:{name}", args=[weeding.pk]) for name in ("withdrawal", "withdrawal_approve", "withdrawal_minutes")
    ]
    assert [client.get(page).status_code for page in pages] == [302] * 5
    for user in (ani.user, budi.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(client, four, sari, signed_in, count, django_assert_num_queries) -> None:
    for _ in range(count):
        proposed()
    desk = signed_in(client, sari)
    with django_assert_num_queries(6):
        desk.get(reverse("catalogue:withdrawals"))


def test_a_copy_without_a_day_of_entry_is_judged_by_when_it_was_added(four) -> None:
    tomorrow = clock.now().date() + timedelta(days=2)
    assert proposed(here_before=tomorrow).lines.count() == 3
