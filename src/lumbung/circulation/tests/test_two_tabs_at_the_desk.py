"""One clerk serves two members at once, each in a tab of the browser."""

import pytest
from django.test import Client

from lumbung.circulation.tests.factories import ItemFactory, RecordFactory

pytestmark = pytest.mark.django_db

DESK = "/staff/desk"


def test_who_is_done_with_ani_keeps_what_another_tab_did_for_budi(client: Client, sari, pusat, ani, budi, rule):
    client.force_login(sari)
    for member, barcode in ((ani, "B1"), (budi, "B2")):
        ItemFactory(barcode=barcode, record=RecordFactory(title=f"Buku {barcode}"))
        client.post(DESK, {"code": barcode, "member": member.pk})
    page = client.get(DESK, {"member": ani.pk}).content.decode()
    assert f'<input type="hidden" name="member" value="{ani.pk}"><button class="key" data-key="Escape">' in page
    client.post(f"{DESK}/finish", {"member": ani.pk})
    receipts = [client.get(f"{DESK}/receipt", {"member": each.pk}).content.decode() for each in (ani, budi)]
    assert ["Buku B1" in receipts[0], "Buku B2" in receipts[1]] == [False, True]
    client.post(f"{DESK}/finish")
    assert "Buku B2" in client.get(f"{DESK}/receipt", {"member": budi.pk}).content.decode()
