"""What the library keeps of a member is theirs: read, put right, taken along, and forgotten, all from their own page."""

import json

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode

pytestmark = pytest.mark.django_db


def acting(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_ani_reads_corrects_takes_along_and_has_forgotten_what_is_kept_of_her(ani: Member, budi: Member, sari: User):
    LoanRuleFactory(category=ani.category)
    item = ItemFactory(barcode="B-1", record__title="Bumi manusia", branch=ani.branch)
    check_out(item, to=ani, at=ani.branch, by=sari)
    phone, desk, other = acting(ani.user), acting(sari), acting(budi.user)
    desk.get(f"/staff/members/{ani.pk}")

    page = phone.get("/my/privacy").content.decode()
    assert "Sari Wulandari" in page  # who looked
    read = phone.get("/my/privacy.json?read").content.decode()
    assert ["Bumi manusia" in read, "ani@kampus.example" in read] == [True, True]
    assert "judul: Bumi manusia · kode batang: B-1 · dipinjam: " in read
    assert ("__" in read.partition("<main")[2], "saved_searches" in read) == (False, False)
    assert "Bumi manusia" not in other.get("/my/privacy.json?read").content.decode()

    phone.post("/my/privacy/requests", {"kind": "correction", "text": "Nama saya Ani Lestari"})
    assert "Nama saya Ani Lestari" in desk.get("/staff/privacy").content.decode()
    form = {"name": "Ani Lestari", "category": ani.category_id, "branch": ani.branch_id, "barcode": "M-ANI"}
    rows = {"numbers-TOTAL_FORMS": 0, "numbers-INITIAL_FORMS": 0}
    assert desk.post(f"/staff/members/{ani.pk}/edit", {**form, **rows, "email": "ani@kampus.example"}).status_code == 302
    asked = ani.privacy_requests.get()
    desk.post(f"/staff/privacy/requests/{asked.pk}", {"verdict": "done", "answer": "Sudah diganti"})
    assert "Sudah diganti" in phone.get("/my/privacy").content.decode()

    copy = phone.get("/my/privacy.json")
    assert copy["Content-Disposition"].startswith("attachment")
    kept = json.loads(copy.content)
    assert (kept["membership"]["name"], kept["circulation"]["loans"][0]["item__barcode"]) == ("Ani Lestari", "B-1")
    assert kept["membership"]["looked_at_by"][0]["by"] == "Sari Wulandari"

    refused = phone.post("/my/privacy/requests", {"kind": "erasure"}, follow=True).content.decode()
    assert ani.privacy_requests.filter(kind="erasure").count() == 0
    assert "pinjaman" in refused  # what stands against it, by name
    check_in(item, at=ani.branch, by=sari)
    phone.post("/my/privacy/requests", {"kind": "erasure"})
    erasure = ani.privacy_requests.get(kind="erasure")
    desk.post(f"/staff/privacy/requests/{erasure.pk}", {"verdict": "done", "answer": ""})

    assert phone.get("/my/privacy").status_code == 302
    assert member_by_barcode("M-ANI") is None
    ani.refresh_from_db()
    assert (ani.name, ani.email, ani.user) == (f"#{ani.pk}", "", None)
    assert not User.objects.filter(username="ani").exists()
    assert [each.member for each in Loan.objects.all()] == [None]
    told = JournalEntry.objects.filter(name__in=["DataTaken", "PrivacyAsked", "MemberForgotten"]).order_by("pk")
    assert [each.name for each in told][-2:] == ["PrivacyAsked", "MemberForgotten"]
    assert "Bumi manusia" not in other.get("/my/privacy.json?read").content.decode()
