"""The accession register: numbered by pattern, without gaps, whoever adds at the same moment."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from lumbung.catalogue import queries
from lumbung.catalogue.domain.accessions import give_accession_numbers, set_accession_pattern
from lumbung.catalogue.domain.copies import add_copies
from lumbung.catalogue.domain.copy_fields import copy_field
from lumbung.catalogue.domain.items import add_item, change_item
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests import factories
from lumbung.catalogue.tests.factories import BranchFactory, ItemTypeFactory, a_record, an_import, an_item, marc_of
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.organization.domain.library import set_up

PAGE = "catalogue:accessions"
NEW_YEAR = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight in Jakarta


@pytest.fixture
def library(db) -> None:
    set_up(name="Perpustakaan Nusa", by=None)


def numbers() -> list[str]:
    return list(Item.objects.order_by("pk").values_list("accession_number", flat=True))


@pytest.mark.usefixtures("library")
def test_copies_are_numbered_as_they_come_on_the_day_of_the_library() -> None:
    with clock.stopped_at(NEW_YEAR):
        shared = {"branch": BranchFactory(), "item_type": ItemTypeFactory(), "source": "gift", "numbered": True}
        add_copies(a_record(), ["A", "B"], by=None, **shared)
    assert numbers() == ["00001/H/2026", "00002/H/2026"]
    assert Item.objects.first().accessioned_on == date(2026, 1, 1)


@pytest.mark.usefixtures("library")
def test_a_refused_copy_leaves_no_gap() -> None:
    shared = {"branch": BranchFactory(), "item_type": ItemTypeFactory(), "numbered": True}
    with clock.stopped_at(NEW_YEAR):
        add_copies(a_record(), ["A"], by=None, **shared)
        with pytest.raises(Refused):
            add_copies(a_record(), ["B", "A"], by=None, **shared)
        add_copies(a_record(), ["C"], by=None, **shared)
    assert numbers() == ["00001/L/2026", "00002/L/2026"]


@pytest.mark.usefixtures("library")
def test_each_year_and_each_branch_may_begin_anew_and_used_numbers_are_passed_over() -> None:
    ftk = BranchFactory(code="FTK", name="Teknik")
    set_accession_pattern(ftk, template="{cabang}-{tahun}-{nomor}", digits=3, yearly=True, first=1, by=None)
    set_accession_pattern(None, template="{nomor}", digits=4, yearly=False, first=100, by=None)
    record = a_record()
    change_item(an_item(record, "OLD"), accession_number="0101", by=None)
    items = [an_item(record, f"P{each}") for each in range(3)] + [
        an_item(record, f"F{each}", branch="FTK") for each in range(3)
    ]
    give_accession_numbers(items[:5], by=None, on=date(2025, 5, 1))
    give_accession_numbers(items, by=None, on=date(2026, 5, 1))
    assert numbers() == ["0101", "0100", "0102", "0103", "FTK-2025-001", "FTK-2025-002", "FTK-2026-001"]
    assert give_accession_numbers(items, by=None) == []


@pytest.mark.usefixtures("library")
def test_a_pattern_that_would_repeat_itself_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        set_accession_pattern(None, template="{tanggal}", digits=0, yearly=True, by=None)
    assert refused.value.codes == [
        "accession_token_unknown",
        "accession_number_missing",
        "accession_year_missing",
        "accession_digits_wrong",
    ]
    with pytest.raises(Refused, match="source_unknown"):
        add_item(a_record(), barcode="A", branch=BranchFactory(), item_type=ItemTypeFactory(), source="curi", by=None)


@pytest.mark.django_db(transaction=True)
def test_desks_that_number_at_once_leave_no_gap_and_no_double() -> None:
    set_up(name="Perpustakaan Nusa", by=None)
    record = a_record()
    items = [an_item(record, f"A{each}") for each in range(12)]
    race(*(lambda some=items[at::4]: give_accession_numbers(some, by=None, on=date(2026, 5, 1)) for at in range(4)))
    assert sorted(numbers()) == [f"{each:05}/L/2026" for each in range(1, 13)]


@pytest.mark.usefixtures("library")
def test_source_and_day_come_in_and_go_out_with_a_copy() -> None:
    an_import([marc_of("Bumi manusia", factories.copy_field("B-1", d="2019-03-02", e="Gramedia", i="7/B/2019"))])
    item = queries.item_by_barcode("B-1")
    assert (item.accessioned_on, item.vendor, item.accession_number) == (date(2019, 3, 2), "Gramedia", "7/B/2019")
    assert (copy_field(item).get("d"), copy_field(item).get("e")) == ("2019-03-02", "Gramedia")


@pytest.mark.usefixtures("library")
def test_the_register_is_read_printed_and_taken_away_by_period(client, sari, signed_in, django_assert_max_num_queries) -> None:
    signed_in(client, sari)
    record = a_record("Bumi manusia")
    for number in range(3):
        item = an_item(record, f"B-{number}")
        change_item(
            item, price=Decimal(50000), source="purchase", vendor="+Gramedia", accessioned_on=date(2026, number + 1, 1), by=None
        )
    assert "3 eksemplar belum bernomor induk" in client.get(reverse(PAGE)).content.decode()
    assert client.post(reverse("catalogue:accession_numbers")).status_code == 302
    with django_assert_max_num_queries(14):
        page = client.get(reverse(PAGE), {"since": "2026-02-01", "until": "2026-12-31"}).content.decode()
    assert [f"0000{each}/B/2026" in page for each in (1, 2, 3)] == [False, True, True]
    assert "Rp100.000" in page
    table = b"".join(client.get(reverse(PAGE), {"form": "csv"}).streaming_content).decode()
    assert table.count("Gramedia") == 3
    assert "'+Gramedia" in table
    printed = client.get(reverse(PAGE), {"form": "pdf", "since": "2026-02-01"})
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.usefixtures("library")
def test_who_sets_patterns(client, sari, ani, with_role, signed_in) -> None:
    page = reverse("catalogue:accession_patterns")
    told = {"branch": "", "template": "{nomor}-{tahun}", "digits": 4, "first": 7}
    assert signed_in(client, ani.user).get(page).status_code == 403
    assert signed_in(client, with_role("cataloguer")).post(page, told).status_code == 403
    signed_in(client, sari)
    assert client.post(page, told).status_code == 302
    assert "0001-" in client.get(page).content.decode()
    assert client.post(page, {**told, "template": "{x}"}).status_code == 422
