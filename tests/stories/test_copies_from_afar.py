"""A chapter and an article travel instead of the reader: one as a file read at home, one on paper with the van."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.circulation.models import ArticleRequest, Fee, HandoverPlace
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock, typesetting
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.organization.tests.factories import LibraryFactory, open_on

MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 12, 3, 2, 30, tzinfo=UTC)
STOP = {
    "name": "Balai Desa Sukamaju", "kind": "stop", "address": "Jl. Raya Sukamaju 3", "weekdays": ["4"], "starts": "09:00",
    "ends": "11:00", "every_weeks": "1", "is_offered": "on",
}  # fmt: skip
CHAPTER = {"kind": "chapter", "title": "Minke", "pages": "1–20", "receive": "file", "purpose": "study", "agreed": "on"}


@pytest.mark.django_db(transaction=True)
def test_ani_reads_at_home_the_chapter_she_asked_for_and_nobody_else_does(
    rina: Any, ani: Member, budi: Member, signed_in: Any, mailoutbox: Any
) -> None:
    LibraryFactory(time_zone="Asia/Jakarta")
    open_on(ani.branch)
    LoanRuleFactory(category=ani.category, article_scope="yes", article_fee=5_000)
    record = ItemFactory(branch=ani.branch, record__title="Bumi manusia").record
    desk, at_home = signed_in(Client(), rina), signed_in(Client(), ani.user)
    with clock.stopped_at(MONDAY):
        asking = f"/records/{record.pk}/article-request"
        assert asking in at_home.get(f"/records/{record.pk}").content.decode()
        told = re.search(r'name="told" value="(\d+)"', at_home.get(asking).content.decode())
        assert told
        assert told[1] == "5000"
        at_home.post(asking, {**CHAPTER, "told": told[1]})
        asked = ArticleRequest.objects.get()
        assert "Minke" in desk.get(f"/staff/members/{ani.pk}").content.decode()

        work = f"/staff/article-requests/{asked.pk}"
        desk.post(work, {"step": "take_up"})
        assert not Fee.objects.exists()
        scan = SimpleUploadedFile("bab.pdf", typesetting.pdf("Isi bab", {}))
        desk.post(work, {"step": "scan", "scans": scan})
        work_off()
        assert mailoutbox[-1].to == ["ani@kampus.example"]
        assert (Fee.objects.get().account.member, Fee.objects.get().amount) == (ani, 5_000)

        file = f"/my/article-requests/{asked.pk}/file"
        assert file in at_home.get("/my").content.decode()
        assert b"".join(at_home.get(file))[:5] == b"%PDF-"
        assert signed_in(Client(), budi.user).get(file).status_code == 404


@pytest.mark.requirement("R360")
@pytest.mark.django_db(transaction=True)
def test_a_pupil_calls_and_the_van_brings_the_article_on_paper_to_her_village(
    sari: Any, rina: Any, ani: Member, signed_in: Any, mailoutbox: Any
) -> None:
    LibraryFactory(time_zone="Asia/Jakarta")
    branch = open_on(ani.branch)
    LoanRuleFactory(category=ani.category, article_scope="yes")
    record = ItemFactory(branch=branch, record=RecordFactory(title="Jurnal tani", material="serial")).record
    head, desk = signed_in(Client(), sari), signed_in(Client(), rina)
    with clock.stopped_at(MONDAY):
        head.post("/staff/pickup-places/new", {**STOP, "branch": branch.pk})
        stop = HandoverPlace.objects.get()
        named = desk.get("/staff/article-requests/new", {"who": ani.barcode, "what": str(record.pk)}).content.decode()
        assert (ani.name in named, "Balai Desa Sukamaju · Kam 3 Des" in named) == (True, True)
        said = {**CHAPTER, "kind": "article", "title": "Pupuk", "issue": "Vol. 3, 2019", "receive": f"p{stop.pk}", "told": "0"}
        desk.post(f"/staff/article-requests/new?member={ani.pk}&record={record.pk}", said)
        asked = ArticleRequest.objects.get()
        desk.post(f"/staff/article-requests/{asked.pk}", {"step": "paper", "pages": "20"})
        work_off()
        assert "Balai Desa Sukamaju" in mailoutbox[-1].body
        loading = desk.get("/staff/pickup-places/round?day=2026-12-03").content.decode()
        assert ("Pupuk" in loading, ani.name in loading) == (True, True)

    with clock.stopped_at(THURSDAY):
        desk.post(f"/staff/article-requests/{asked.pk}", {"step": "hand_over"})
        asked.refresh_from_db()
        assert (asked.state, asked.place) == ("done", stop)
