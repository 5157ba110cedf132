"""A member's own rules on pages, over the API and in what becomes of the member."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.circulation.domain.own_data import HOLDING
from lumbung.circulation.domain.personal_rules import add_personal_rule
from lumbung.circulation.models import PersonalRule
from lumbung.circulation.tests.factories import ItemTypeFactory, MemberFactory
from lumbung.circulation.tests.test_joined_members import merge, undo
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import BranchFactory, LocationFactory

pytestmark = pytest.mark.django_db


def test_staff_write_it_on_the_members_page_and_it_stands_at_the_desk_and_on_the_members_own_page(
    sari, ani, client, signed_in, pusat
):
    signed_in(client, sari)
    kind = ItemTypeFactory(code="kamus", name="Kamus")
    assert "Berlaku aturan untuk kategorinya." in client.get(f"/staff/members/{ani.pk}").text
    given = {"kind": "allowed", "item_types": [kind.pk], "loan_days": 3, "reason": "Penelitian skripsi"}
    refused = client.post(f"/staff/members/{ani.pk}/personal-rules/new", {**given, "reason": ""})
    assert (refused.status_code, "Tuliskan alasan" in refused.text) == (422, True)
    client.post(f"/staff/members/{ani.pk}/personal-rules/new", given)
    rule = PersonalRule.objects.get()
    page = client.get(f"/staff/members/{ani.pk}").text
    assert ("Boleh meminjam juga Kamus selama 3 hari" in page, "Penelitian skripsi" in page) == (True, True)
    assert "boleh meminjam juga Kamus selama 3 hari" in client.get(f"/staff/desk?member={ani.pk}").text
    assert [each[0] for each in client.get("/staff/rules/personal?q=skripsi").context["lines"]] == [rule]
    own = signed_in(client, ani.user).get("/my").text
    assert ("Anda boleh meminjam juga Kamus selama 3 hari." in own, "Penelitian skripsi" in own) == (True, True)
    assert client.get(f"/staff/rules/personal/{rule.pk}").status_code == 403
    assert signed_in(client, sari).post(f"/staff/rules/personal/{rule.pk}", {"_method": "DELETE"}).status_code == 302
    assert not PersonalRule.objects.exists()


def test_circulation_staff_see_it_and_do_not_change_it(ani, client, with_role):
    rule = add_personal_rule(ani, item_types=[ItemTypeFactory()], kind="only", reason="Magang", by=None)
    client.force_login(with_role("circulation"))
    assert "Hanya boleh meminjam Buku teks" in client.get(f"/staff/members/{ani.pk}").text
    assert client.get(f"/staff/rules/personal/{rule.pk}").status_code == 403
    assert client.get(f"/staff/members/{ani.pk}/personal-rules/new").status_code == 403


def test_it_follows_a_member_whose_registrations_become_one_and_goes_back(sari, ani, budi):
    rule = add_personal_rule(budi, item_types=[ItemTypeFactory()], kind="only", reason="Magang", by=None)
    done = merge(budi, ani, sari)
    assert PersonalRule.objects.get().member == ani
    undo(done, sari)
    assert PersonalRule.objects.get(pk=rule.pk).member.barcode == budi.barcode


def test_it_is_among_what_the_library_knows_of_the_member(ani):
    add_personal_rule(ani, item_types=[ItemTypeFactory()], kind="only", reason="Magang", by=None)
    told = HOLDING.told(ani)["personal_rules"]
    assert [(each["says"], each["reason"]) for each in told] == [("hanya boleh meminjam Buku teks", "Magang")]
    HOLDING.erase(ani)
    assert not PersonalRule.objects.exists()
    assert not JournalEntry.objects.filter(name="PersonalRuleAdded").exclude(member=None).exists()


def test_programs_read_and_write_it_and_a_members_own_program_reads_it(sari, ani, budi, calling):
    ItemTypeFactory(code="kamus", name="Kamus")
    desk = calling(sari, "loans:read", "loans:write")
    given = {"member": ani.barcode, "kind": "only", "item_types": ["kamus"], "reason": "Magang"}
    made = desk.post("/api/v1/personal-rules", given, content_type="application/json")
    assert (made.status_code, made.json()["says"]) == (201, "hanya boleh meminjam Kamus")
    unknown = desk.post("/api/v1/personal-rules", {**given, "item_types": ["x"]}, content_type="application/json")
    assert unknown.status_code == 422
    listed = desk.get(f"/api/v1/personal-rules?member={ani.barcode}").json()
    assert [each["reason"] for each in listed["rows"]] == ["Magang"]
    assert [each["says"] for each in calling(ani.user, "me").get("/api/v1/me/personal-rules").json()] == [
        "hanya boleh meminjam Kamus"
    ]
    assert calling(budi.user, "me").get("/api/v1/me/personal-rules").json() == []
    assert desk.delete(f"/api/v1/personal-rules/{made.json()['id']}").status_code == 204
    assert not PersonalRule.objects.exists()


def test_programs_name_rooms_and_change_and_end_one_by_its_key(sari, ani, calling, with_role, pusat):
    ItemTypeFactory(code="kamus", name="Kamus")
    LocationFactory(branch=pusat, code="R3", name="Tandon")
    desk, address = calling(sari, "loans:read", "loans:write"), "/api/v1/personal-rules"
    room = f"{pusat.code}/R3"
    given = {"member": ani.barcode, "kind": "allowed", "loan_days": 3, "locations": [room], "reason": "Penelitian"}
    made = desk.post(address, {**given, "until": "2030-01-31"}, content_type="application/json")
    assert (made.status_code, made.json()["locations"], made.json()["item_types"]) == (201, [room], [])
    one = f"{address}/{made.json()['id']}"
    assert desk.get(one).json() == made.json()
    said = {"loan_days": 5, "item_types": ["kamus"], "until": None}
    changed = desk.patch(one, said, content_type="application/json")
    assert changed.json() == {
        **made.json(),
        **said,
        "says": "boleh meminjam juga Kamus di Tandon (Perpustakaan Pusat) selama 5 hari",
    }
    for wrong, status in (
        ({"locations": ["X/R3"]}, 422),
        ({"member": "x"}, 422),
        ({"reason": " "}, 409),
        ({"kind": "no"}, 422),
    ):
        refused = desk.patch(one, wrong, content_type="application/json")
        assert (refused.status_code, refused["Content-Type"]) == (status, "application/problem+json")
    assert desk.get(one).json() == changed.json()
    assert calling(sari, "loans:read").patch(one, said, content_type="application/json").status_code == 403
    clerk = calling(with_role("circulation"), "loans:read", "loans:write")
    assert (clerk.get(one).status_code, clerk.delete(one).status_code) == (200, 403)
    assert calling(ani.user, "me").get(one).status_code == 403
    assert (desk.delete(one).status_code, desk.get(one).status_code) == (204, 404)
    assert desk.patch(one, said, content_type="application/json").status_code == 404


def test_they_are_listed_in_as_many_statements_for_three_members_as_for_one(sari, ani, budi, client, calling, signed_in):
    desk, kind, counts = calling(sari, "loans:read"), ItemTypeFactory(code="kamus"), list[tuple[int, ...]]()
    signed_in(client, sari)
    for member in (ani, budi, MemberFactory(branch=BranchFactory(code="SIPIL"))):
        add_personal_rule(member, item_types=[kind], kind="only", reason="x", by=sari)
        asked = []
        for read in (lambda: desk.get("/api/v1/personal-rules"), lambda: client.get("/staff/rules/personal")):
            read()  # what is remembered, anew
            with CaptureQueriesContext(connection) as seen:
                assert read().status_code == 200
            asked.append(len(seen))
        counts.append(tuple(asked))
    assert len(set(counts)) == 1


def test_the_description_of_the_api_tells_of_it(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(paths["/api/v1/personal-rules/{key}"]) == {"get", "patch", "delete"}
