"""A library's staff talk, write down, decide and check: through the pages of the portal, as they would."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import marc_of
from lumbung.circulation.events import CheckedOut
from lumbung.desk.models import Conversation, Rating
from lumbung.discovery.models import Ranked, UnmetNeed
from lumbung.kernel import clock, events
from lumbung.knowledge.domain import minutes as notes
from lumbung.knowledge.domain.attendance import enter_attendance
from lumbung.knowledge.domain.feeds import take_all_news
from lumbung.knowledge.domain.nudges import nudge_for_minutes, remind_of_sessions
from lumbung.knowledge.domain.series import make_next_of_all
from lumbung.knowledge.domain.talks import prepare_today
from lumbung.knowledge.models import Session
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import draft, published, topic
from lumbung.knowledge.tests.test_talks import answering, news, page
from lumbung.members.models import ChannelLink
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import account_of
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from tests.portal import MONDAY, at, said

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R204")
def test_the_portal_opens_from_inside_only_whoever_is_signed_in_and_whatever_headers_say(ratna: Any, signed_in: Any) -> None:
    LibraryFactory()
    head = signed_in(Client(), ratna)
    told = {"networks": "127.0.0.0/8 server\n10.20.0.0/16 kampus", "partner_networks": ""}
    assert head.post(at("networks"), told).status_code == 302
    assert head.get(at("home"), REMOTE_ADDR="10.20.1.2").status_code == 200
    assert head.get(at("home"), REMOTE_ADDR="203.0.113.9").status_code == 403
    assert head.get(at("home"), REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": "10.20.1.2"}).status_code == 403
    locked_out = head.post(at("networks"), {"networks": "192.168.0.0/16"})
    assert (locked_out.status_code, "Anda akan terkunci di luar" in locked_out.content.decode()) == (422, True)


@pytest.mark.requirement("R203")
@pytest.mark.requirement("R274")
@pytest.mark.requirement("R276")
def test_a_session_is_held_written_down_approved_and_closed_with_its_product(
    sari: Any, rina: Any, tono: Any, signed_in: Any
) -> None:
    LibraryFactory()
    desk, colleague = signed_in(Client(), sari), signed_in(Client(), rina)
    with clock.stopped_at(MONDAY - timedelta(days=3)):
        desk.post(at("session_new"), {"title": "Antrean siang", "kind": "discussion", "mode": "face", "minutes_long": 60})
        session = Session.objects.get()
        refused = desk.post(at("session_publish", session.pk), follow=True).content.decode()
        for reason in ("Jadwalnya belum ada", "Poin diskusi belum ada", "Produk yang diharapkan belum ditulis"):
            assert reason in refused
        desk.post(at("point_add", session.pk), {"title": "Mengapa pukul 12 penuh?"})
        whole = {"title": "Antrean siang", "kind": "discussion", "mode": "face", "minutes_long": 60, "topic": "sirkulasi"}
        whole |= {"starts_at": "2026-11-30T09:00", "expected_product": "Jadwal meja kedua", "facilitator": sari.pk}
        desk.post(at("session_change", session.pk), whole)
        desk.post(at("session_publish", session.pk))
        assert "Mengapa pukul 12 penuh?" in said(colleague, at("session_paper", session.pk))

    with clock.stopped_at(MONDAY + timedelta(hours=2)):
        colleague.post(at("attendance", session.pk), {"me": "1"})
        desk.post(at("attendance", session.pk), {"names": "Sari Wulandari\ntono\nBu Lastri (FIK)"})
        point = session.points.get()
        written = "Semua istirahat bersamaan.\nKeputusan: istirahat bergiliran\nTindakan: susun giliran @rina 4/12/2026"
        desk.post(at("minutes", session.pk), {f"point{point.pk}": written, "summary": "Kita bergiliran", "propose": "1"})
        assert (
            "Sesi ditutup dengan produknya, atau dengan alasan" in desk.post(at("session_close", session.pk)).content.decode()
        )
        colleague.post(at("minutes_approval", session.pk))
        signed_in(Client(), tono).post(at("minutes_approval", session.pk))
        desk.post(at("session_close", session.pk), {"product": "", "without_product": ""})

    shown = said(colleague, at("session", session.pk))
    for part in ("Rina Puspitasari, Sari Wulandari", "Tono Hartanto", "Bu Lastri (FIK)", "istirahat bergiliran", "Disetujui"):
        assert part in shown
    session.refresh_from_db()
    assert (session.state, session.product) == ("closed", "notulen")
    assert "susun giliran" in said(colleague, at("actions"))


@pytest.mark.requirement("R248")
def test_a_meeting_on_paper_comes_in_afterwards(sari: Any, rina: Any, signed_in: Any) -> None:
    LibraryFactory()
    session = Session.objects.create(
        title="Rapat di taman", state="published", starts_at=MONDAY, expected_product="Kesepakatan", facilitator=sari
    )
    session.points.create(position=1, title="Rak depan")
    desk = signed_in(Client(), sari)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        desk.post(at("attendance", session.pk), {"names": "Rina Puspitasari\nSari Wulandari\nPak Joko"})
        png = b"\x89PNG\r\n\x1a\n" + b"0" * 64 + b"IEND\xaeB`\x82"
        desk.post(
            at("session_picture_add", session.pk), {"picture": SimpleUploadedFile("papan.png", png), "caption": "Papan tulis"}
        )
        desk.post(at("minutes", session.pk), {f"point{session.points.get().pk}": "Pindahkan rak", "propose": "1"})
    paper = said(desk, at("session_paper", session.pk))
    shown = desk.get(at("session", session.pk)).content.decode()
    assert "Tanda tangan" in paper
    assert session.attendances.count() == 3
    assert 'alt="Papan tulis"' in shown
    assert "Pindahkan rak" in shown


@pytest.mark.requirement("R253")
@pytest.mark.requirement("R259")
@pytest.mark.requirement("R260")
def test_a_discussion_comes_round_with_another_host_and_missing_minutes_are_asked_for(
    sari: Any, rina: Any, ratna: Any, tono: Any, signed_in: Any
) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    with clock.stopped_at(MONDAY - timedelta(days=3)):
        told = {"title": "Diskusi Senin", "kind": "discussion", "mode": "face", "minutes_long": 60, "points": "Tren minggu ini"}
        told |= {"starts_at": "2026-11-30T09:00", "expected_product": "Satu keputusan", "facilitator": sari.pk}
        desk.post(at("session_new"), told)
        first = Session.objects.get()
        desk.post(at("session_publish", first.pk))
        desk.post(at("session_repeat", first.pk), {"every_weeks": 1, "hosts": [rina.pk, sari.pk]})
        assert "SUMMARY:Diskusi Senin" in desk.get(at("session_calendar")).content.decode()
        chat = identity_of(account_of("telegram"), "tono-hartanto")
        chat.last_inbound_at = clock.now()
        chat.save()
        link = ChannelLink.objects.create(member=MemberFactory(user=tono), identity=chat, proof="code", linked_at=clock.now())
        signed_in(Client(), tono).post(f"/my/channels/{link.pk}", {"notices": "on", "preferred": "on"})
    with clock.stopped_at(MONDAY - timedelta(hours=4)):
        assert remind_of_sessions() == 4
    assert sorted(Delivery.objects.filter(code="session_reminder").values_list("account__kind", "address")) == [
        ("email", "ratna@kampus.example"),
        ("email", "rina@kampus.example"),
        ("email", "sari@kampus.example"),
        ("telegram", "tono-hartanto"),
    ]
    with clock.stopped_at(MONDAY + timedelta(hours=49)):
        nudge_for_minutes()
    assert Delivery.objects.filter(code="minutes_missing").values_list("address", flat=True).get() == "sari@kampus.example"
    with clock.stopped_at(MONDAY + timedelta(hours=97)):
        nudge_for_minutes()
        assert make_next_of_all() == 1
        assert "Diskusi Senin" in said(desk, at("cycle"))
    assert Delivery.objects.filter(code="minutes_missing", address="ratna@kampus.example").count() == 1
    second = Session.objects.exclude(pk=first.pk).get()
    assert (second.starts_at, second.facilitator, second.state) == (MONDAY + timedelta(weeks=1), rina, "published")
    for week, held in enumerate((first, second)):
        with clock.stopped_at(MONDAY + timedelta(weeks=week, hours=1)):
            desk.post(at("attendance", held.pk), {"me": "1"})
            shown = said(desk, at("session", held.pk))
    assert "2 sesi berturut-turut" in shown


@pytest.mark.requirement("R208")
@pytest.mark.requirement("R261")
@pytest.mark.requirement("R262")
def test_in_the_morning_the_agenda_is_there_and_tomorrow_checks_what_was_taken_on(
    sari: Any, rina: Any, signed_in: Any, settings: Any
) -> None:
    LibraryFactory()
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    desk = signed_in(Client(), sari)
    yesterday = MONDAY - timedelta(days=1)
    Ranked.objects.create(list="trending", place=1, record=add_record(marc_of("Metode penelitian"), by=sari), score=1)
    UnmetNeed.objects.create(key="k", words="metode kuantitatif", day=yesterday.date(), count=4, last_at=yesterday)
    with clock.stopped_at(yesterday):
        branch = BranchFactory()
        Conversation.objects.create(
            channel="walk_in", subject="Akses jurnal dari rumah", branch=branch, opened_at=yesterday, last_turn_at=yesterday,
            waiting_since=yesterday, changed_at=yesterday,
        )  # fmt: skip
        _lend_something(yesterday)
        _mark_badly("Denda tanpa penjelasan", branch, yesterday)
        desk.post(at("incidents"), {"title": "Mesin mandiri macet"})
        plan = {"is_on": "on", "starts": "07:30", "minutes_long": 15, "weekdays": ["0", "1"]}
        assert desk.post(at("talk_plan"), plan).status_code == 302
    morning = clock.stopped_at(MONDAY.replace(hour=5, minute=20))
    with answering(page(news("Anggaran riset naik", "Konser dibatalkan")), page(news("Anggaran riset naik"))) as port, morning:
        told = {"name": "Berita", "url": f"http://127.0.0.1:{port}/rss", "category": "ekonomi", "is_active": "on"}
        desk.post(at("feed_new"), told)
        take_all_news()
    assert said(desk, at("signals")).count("Berita · ekonomi ·") == 2
    dropped = re.search(r"signals/(\d+)/dismissal", desk.get(at("signals")).content.decode())
    assert dropped
    desk.post(at("signal_dismiss", int(dropped[1])))
    with clock.stopped_at(MONDAY.replace(hour=5, minute=45)):
        prepare_today()
    talk = Session.objects.get(talk_on=date(2026, 11, 30))
    agenda = said(desk, at("session", talk.pk))
    assert "Sen 30 Nov 2026, 07.30–07.45" in agenda
    assert "Tidak ada sinyal baru" in said(desk, at("signals"))
    for part in (
        "Akses jurnal dari rumah",
        "Dinilai rendah (sikap 2, layanan 1 dari 5): Denda tanpa penjelasan",
        "Mesin mandiri macet",
        "metode kuantitatif",
        "1 peminjaman",
        "Judul yang sedang ramai Metode penelitian",
    ):
        assert part in agenda
    assert agenda.count("Anggaran riset naik") + agenda.count("Konser dibatalkan") == 1

    challenges = talk.points.filter(is_challenge=True)
    with clock.stopped_at(MONDAY.replace(hour=8)):
        desk.post(at("attendance", talk.pk), {"me": "1"})
        assert "belum punya pemulihan" in desk.post(at("session_close", talk.pk), {"product": "Dibahas"}).content.decode()
        notes = {f"point{each.pk}": "Dipulihkan pagi ini\nTindakan: tindak lanjuti @rina 30/11/2026" for each in challenges}
        notes = {key: f"{value} {n}" for n, (key, value) in enumerate(notes.items())}
        desk.post(at("minutes", talk.pk), {**notes, "propose": "1"})
    actions = [action.title for each in challenges for action in each.actions.all()]
    assert len(actions) == challenges.count() == 3
    with clock.stopped_at(MONDAY.replace(day=1, month=12, hour=5, minute=45)):
        prepare_today()
    tomorrow = said(desk, at("session", Session.objects.get(talk_on=date(2026, 12, 1)).pk))
    assert "Memeriksa tindakan kemarin" in tomorrow
    assert all(f"{each} Rina Puspitasari · 30/11/2026 · Terbuka" in tomorrow for each in actions)


def _mark_badly(subject: str, branch: Any, moment: datetime) -> None:
    """A conversation that was answered that day and marked low by whoever had asked."""
    ended = Conversation.objects.create(
        channel="walk_in", subject=subject, branch=branch, opened_at=moment, last_turn_at=moment, changed_at=moment,
        state="closed", outcome="answered", closed_at=moment,
    )  # fmt: skip
    Rating.objects.create(
        conversation=ended, secret=subject, asked_at=moment, until=moment, manner=2, help=1, rated_at=moment, word="Kecewa."
    )


def _lend_something(moment: datetime) -> None:
    """One loan in the journal of that day."""
    from django.db import transaction  # noqa: PLC0415 -- here alone

    with clock.stopped_at(moment), transaction.atomic():
        events.record(CheckedOut(loan=1, item=1, record=1, member=1, branch=1, due_at=moment), by=None)


@pytest.mark.requirement("R209")
@pytest.mark.requirement("R205")
def test_what_sits_in_heads_alone_is_known_before_a_colleague_leaves(sari: Any, tono: Any, signed_in: Any) -> None:
    LibraryFactory()
    desk, leaver = signed_in(Client(), sari), signed_in(Client(), tono)
    published(sari, "Memperpanjang pinjaman")
    with clock.stopped_at(MONDAY):
        held = SessionFactory(topic="Pelabelan", facilitator=sari)
        enter_attendance(held, people=[sari], by=sari)
        notes.propose(notes.write(held, summary="Label di punggung, 3 cm.", said={}, by=sari), by=sari)
        desk.post(at("audits"), {"heads": "Menjilid koran lama: Tono\nMengatur rak tertutup: Tono, Rina"})
        audit = said(desk, at("audits"))
    assert "Sen 30 Nov 2026" in audit
    assert "Kepala orang 2 50 % 42 % Dokumen 1 25 % 26 % Basis pengetahuan 1 25 % 12 %" in audit
    assert "Pelabelan Sari Wulandari 1 0" in audit
    assert "Perpanjangan – 0 1" in audit
    assert "Menjilid koran lama hanya di satu kepala Tono 0 0" in audit
    assert "Mengatur rak tertutup hanya di kepala Tono, Rina 0 0" in audit
    opened = desk.post(at("hand_overs"), {"leaver": tono.pk, "last_day": "2026-12-31"}).url
    key = int(re.findall(r"\d+", opened)[0])
    leaver.post(at("hand_over_item", key), {"title": "Menjilid koran lama"})
    assert "9 celah" in said(leaver, opened)
    items = re.findall(r'name="item" value="(\d+)"', leaver.get(opened).content.decode())
    leaver.post(at("hand_over_item", key), {"item": items[-1], "told": "Lem kanji, jemur dua hari."})
    written = draft(tono, "Mengatur rak tertutup")
    leaver.post(at("hand_over_item", key), {"item": items[0], "address": at("article", written.pk)})
    assert "8 celah" in said(leaver, opened)
    assert "artikelnya belum ditinjau" in said(leaver, opened)
    leaver.post(at("article_circle", written.pk), {"circle": "staff"})
    leaver.post(at("article_submission", written.pk))
    desk.post(at("article_approval", written.pk), {"review_on": (clock.now() + timedelta(days=200)).date().isoformat()})
    assert "7 celah" in said(leaver, opened)
    leaver.post(at("hand_over_item", key), {"item": items[0], "address": ""})
    desk.post(at("hand_over_close", key))
    assert "8 celah" in said(desk, opened)


@pytest.mark.requirement("R205")
def test_whoever_leaves_is_interviewed_and_decides_who_reads_what_they_told(
    sari: Any, rina: Any, tono: Any, signed_in: Any
) -> None:
    LibraryFactory()
    desk, heir, leaver = signed_in(Client(), sari), signed_in(Client(), rina), signed_in(Client(), tono)
    hand_over = desk.post(at("hand_overs"), {"leaver": tono.pk, "successor": rina.pk, "last_day": "2026-12-31"}).url
    assert "Wawancarai" in said(heir, hand_over)
    begin = re.findall(r'action="([^"]+/interviews[^"]+)"', heir.get(hand_over).content.decode())[0]
    page = heir.post(begin, {"person": tono.pk}).url
    assert "16 celah" in said(heir, page)
    assert ["Wawancarai" in said(each, hand_over) for each in (heir, desk)] == [False, True]
    answers = re.findall(r'action="([^"]+/answers/\d+)"', heir.get(page).content.decode())
    keys = [each.rsplit("/", 1)[1] for each in answers]
    shown = dict(re.findall(r'name="(state-\d+)" value="(\w+)"', heir.get(page).content.decode()))
    told = "Koran lama dijilid dengan lem kanji, dijemur dua hari."
    heir.post(answers[0], {**shown, f"told-{keys[0]}": told, f"in_head_only-{keys[0]}": "on"})
    leaver.post(answers[1], {**shown, f"told-{keys[1]}": "Saya melewati pindai kedua bila antre.", f"circle-{keys[1]}": "two"})
    assert desk.get(page).status_code == 404
    assert heir.post(answers[0], {f"circle-{keys[0]}": "staff"}).status_code == 409
    leaver.post(answers[0], {f"circle-{keys[0]}": "staff"})
    told = said(desk, page)
    assert "lem kanji" in told
    assert "pindai kedua" not in told
    assert "15 celah" in said(leaver, page)

    begun = desk.post(f"{at('home')}trace/told/{answers[0].rsplit('/', 1)[1]}/article", {"title": "Menjilid koran lama"}).url
    article = int(re.findall(r"articles/(\d+)", begun)[0])
    assert f"{tono.name} narasumber" in said(desk, at("article", article))
    written = "## Caranya\n\nKoran lama dijilid dengan lem kanji, ditekan semalam, lalu dijemur dua hari di tempat teduh.\n"
    text = {"title": "Menjilid koran lama", "summary": "Cara menjilid koran.", "body": written, "based_on": 1}
    desk.post(at("article_edit", article), {**text, "topics": [topic("Penjilidan").pk]})
    desk.post(at("article_circle", article), {"circle": "staff"})
    desk.post(at("article_submission", article))
    approver = signed_in(Client(), UserFactory(roles=[Role.LIBRARIAN]))
    approver.post(at("article_approval", article), {"review_on": (clock.now() + timedelta(days=200)).date().isoformat()})
    assert "14 celah" in said(leaver, page)
    heir.post(f"{page}/close")
    assert f"oleh {rina.name} 14 celah" in said(desk, hand_over)


@pytest.mark.requirement("R272")
def test_the_year_ends_with_a_report_of_topics_outputs_and_what_is_carried_over(sari: Any, rina: Any, signed_in: Any) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    session = Session.objects.create(
        title="Diskusi repositori",
        topic="repositori",
        state="published",
        starts_at=MONDAY,
        expected_product="SOP",
        facilitator=sari,
    )
    with clock.stopped_at(MONDAY + timedelta(hours=3)):
        told = {"title": "Unggah skripsi lama", "owner": rina.pk, "due_on": "2027-02-01", "core": ""}
        desk.post(at("action_new") + f"?session={session.pk}", told)
        desk.post(at("session_close", session.pk), {"product": "SOP unggah mandiri"})
    report = said(desk, at("year") + "?year=2026")
    for part in ("repositori 1 1", "SOP unggah mandiri", "Dibawa ke tahun berikutnya Unggah skripsi lama"):
        assert part in report


@pytest.mark.requirement("R270")
@pytest.mark.requirement("R273")
def test_every_object_shows_its_stage_and_its_one_next_step(sari: Any, signed_in: Any) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    incident = desk.post(at("jot"), {"line": "Printer struk mati", "as": "incident"}).url
    idea = desk.post(at("jot"), {"line": "Struk lewat WhatsApp", "as": "idea"}).url
    session = Session.objects.create(
        title="Struk", state="published", starts_at=clock.now() - timedelta(days=1), expected_product="SOP"
    )
    session.points.create(position=1, title="Printer")
    article = desk.post(at("article_new"), {"form": "how_to", "title": "Mengganti kertas struk"}).url.removesuffix("/edit")
    question = desk.post(at("question_new"), {"title": "Di mana kertas struk?"}).url
    community = desk.post(at("community_new"), {"name": "Sahabat meja depan", "kind": "practice"}).url
    steps = {
        article: "Lengkapi, lalu ajukan",
        question: "Jawab",
        community: "Rencanakan sesi berikutnya",
        incident: "Pulihkan, lalu tulis caranya",
        idea: "Kumpulkan suara, lalu pilih",
        at("session", session.pk): "Tulis notulen",
    }
    for address, step in steps.items():
        shown = desk.get(address).content.decode()
        assert shown.count('<g class="here">') == 1, address
        assert step in shown, address
    desk.post(at("minutes", session.pk), {"summary": "Ganti kabel"})
    line = said(desk, at("trace", "session", session.pk))
    assert "Eksternalisasi Struk dicatat dalam Notulen “Struk” Hari ini · Sari Wulandari" in line
