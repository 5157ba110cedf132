"""What became of a copy: every change of its status with who, when, from what to what and why, for whoever works on copies."""

import re

import pytest
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.domain.repairs import finish_repair, send_to_repair
from lumbung.catalogue.tests.factories import an_item

pytestmark = pytest.mark.django_db


STATUSES_SHOWN = 20
WITHIN = {"HX-Request": "true"}


def told(client, item, **headers):
    page = client.get(reverse("catalogue:item_statuses", args=[item.pk]), headers=headers).content.decode()
    section = page.partition('id="status-history"')[2].partition("</section>")[0]
    rows = re.findall(r"<tr><td.*?</tr>", section, re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)][1:]
        for row in rows
    ]


def test_each_change_is_a_line_with_its_reason(client, sari, signed_in):
    item = an_item()
    signed_in(client, sari)
    address = reverse("catalogue:item_status", args=[item.pk])
    client.post(address, {"status": "damaged", "why": "Sampul lepas <b>"})
    set_status(item, "available", by=None)
    repair = send_to_repair(item, problem="Halaman 3 robek", by=sari)
    finish_repair(repair, outcome="beyond", note="Tidak tertolong", by=sari)
    who = f"{sari} halaman petugas"
    assert [[was, became, why] for was, became, _, why in told(client, item)] == [
        ["Dalam perbaikan", "Rusak", "Kembali dari perbaikan: Tidak tertolong"],
        ["Tersedia", "Dalam perbaikan", "Dikirim ke perbaikan: Halaman 3 robek"],
        ["Rusak", "Tersedia", ""],
        ["Tersedia", "Rusak", "Sampul lepas &lt;b&gt;"],
    ]
    people = [by for _, _, by, _ in told(client, item)]
    assert people[3] == who
    assert people[2].startswith("Sistem")


def test_nothing_changed_is_told_and_a_long_history_in_stretches(client, sari, signed_in):
    item = an_item()
    signed_in(client, sari)
    page = client.get(reverse("catalogue:item_statuses", args=[item.pk])).content.decode()
    assert "Status belum pernah diubah sejak eksemplar ini masuk: Tersedia." in page
    for at in range(STATUSES_SHOWN + 2):
        set_status(item, ("damaged", "available")[at % 2], by=None)
    assert len(told(client, item, **WITHIN)) == STATUSES_SHOWN
    assert len(told(client, item)) == STATUSES_SHOWN + 2


@pytest.mark.parametrize("changes", [1, 3])
def test_statements_do_not_grow_with_it(client, sari, signed_in, changes, django_assert_num_queries):
    item = an_item()
    for at in range(changes):
        set_status(item, ("damaged", "available")[at % 2], by=sari)
    signed_in(client, sari)
    address = reverse("catalogue:item_statuses", args=[item.pk])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


def test_whoever_may_only_look_at_titles_does_not_see_who_did_it(client, signed_in, with_role):
    item = an_item()
    set_status(item, "damaged", by=None)
    signed_in(client, with_role(Role.CIRCULATION))
    page = client.get(reverse("catalogue:item", args=[item.pk]))
    assert page.status_code == 200
    assert "Riwayat status" not in page.content.decode()
    assert client.get(reverse("catalogue:item_statuses", args=[item.pk])).status_code in {302, 403, 404}
