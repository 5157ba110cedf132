"""Shelving locations of Koha, whose codes may be longer than ours."""

from datetime import UTC, datetime

from lumbung.catalogue.models import Item
from lumbung.kernel import clock
from lumbung.moving.tests.test_koha import TABLES, dump

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
FIRST, SECOND = "REFERENSI-LANTAI-DUA-BARAT", "REFERENSI-LANTAI-DUA-TIMUR"


def test_rooms_whose_codes_begin_alike_stay_apart(moved):
    """They differ after the twentieth letter."""
    shelved = [
        {**row, "homebranch": "CPL", "location": place} for row, place in zip(TABLES["items"], (FIRST, SECOND), strict=False)
    ]
    with clock.stopped_at(NOW):
        moved(dump(items=[*shelved, *TABLES["items"][2:]]), source="koha")
    stand = Item.objects.filter(barcode__in=["39999000011", "39999000012"]).order_by("barcode")
    assert [each.location.name for each in stand] == [FIRST, SECOND]
