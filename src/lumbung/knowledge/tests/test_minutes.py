"""Minutes: decisions and actions read out of them, approved by those who were there, and carried on."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import actions, attendance, minutes, sessions
from lumbung.knowledge.domain.agenda import bring_up
from lumbung.knowledge.domain.articles.compiling import compile_minutes
from lumbung.knowledge.domain.questions import ask
from lumbung.knowledge.models import Action, SessionDecision, Trace
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
SAID = "Antrean panjang pukul 12.\nKeputusan: buka meja kedua pukul 11–13\nTindakan: susun jadwal meja kedua @rina 12/12/2026"


@pytest.fixture
def rina(with_role):
    user = with_role("circulation")
    user.username, user.name = "rina", "Rina"
    user.save()
    return user


def written(session, text, by, summary=""):
    return minutes.write(session, summary=summary, said={session.points.get().pk: text}, by=by)


def test_decisions_and_actions_are_read_out_of_the_minutes_once(sari, rina):
    session = SessionFactory()
    for _ in range(2):
        written(session, SAID, sari)
    assert list(SessionDecision.objects.values_list("text", flat=True)) == ["buka meja kedua pukul 11–13"]
    action = Action.objects.get()
    assert (action.title, action.owner, action.due_on) == ("susun jadwal meja kedua", rina, date(2026, 12, 12))
    assert sorted(Trace.objects.values_list("kind", "to_kind")) == [
        ("decided", "action"), ("decided", "decision"), ("recorded", "minutes"),
    ]  # fmt: skip


def test_an_action_without_owner_or_day_is_refused_with_its_line(sari, rina):
    session = SessionFactory()
    with pytest.raises(Refused) as refused:
        written(session, "Tindakan: beli lampu @siapa\nTindakan: cat rak @rina besok", sari)
    assert refused.value.codes == ["owner_unknown", "due_unknown", "due_unknown"]
    assert "beli lampu" in str(refused.value.reasons[0])


def test_more_than_half_of_those_present_approve(sari, rina, with_role):
    tono, absent = with_role("cataloguer"), with_role("librarian")
    session = SessionFactory()
    kept = written(session, SAID, sari)
    with pytest.raises(Refused) as refused:
        minutes.propose(kept, by=sari)
    assert refused.value.codes == ["attendance_missing"]
    attendance.enter_attendance(session, people=[sari, rina, tono], by=sari)
    assert minutes.propose(kept, by=sari).state == "proposed"
    with pytest.raises(Refused) as refused:
        minutes.approve(kept, by=absent)
    assert refused.value.codes == ["not_present"]
    assert minutes.approve(kept, by=rina).state == "approved"
    with pytest.raises(Refused) as refused:
        written(session, "lain", sari)
    assert refused.value.codes == ["minutes_approved"]
    assert sessions.close(session, by=sari).product == "notulen"


def test_a_session_whose_minutes_are_approved_is_closed_before_its_time_is_over(client, sari, rina, signed_in):
    LibraryFactory()
    session = SessionFactory(facilitator=sari, starts_at=clock.now() - timedelta(minutes=1), minutes_long=60)
    attendance.enter_attendance(session, people=[sari, rina], by=sari)
    page, sari_in, rina_in = reverse("knowledge:session", args=[session.pk]), signed_in(client, sari), signed_in(Client(), rina)
    minutes.propose(written(session, SAID, sari), by=sari)
    assert ["minutes/approval" in each.get(page).text for each in (sari_in, rina_in)] == [False, True]
    assert 'id="close"' not in sari_in.get(page).text
    rina_in.post(reverse("knowledge:minutes_approval", args=[session.pk]))
    shown = sari_in.get(page).text
    assert ('id="close"' in shown, "Disetujui: Sari Wulandari, Rina." in " ".join(shown.split())) == (True, True)
    assert 'id="close"' not in rina_in.get(page).text


def test_two_who_write_the_minutes_lose_nothing(client, sari, rina, signed_in):
    LibraryFactory()
    session = SessionFactory(facilitator=sari)
    point, page = session.points.get(), reverse("knowledge:minutes", args=[session.pk])
    sari_in, rina_in = signed_in(client, sari), signed_in(Client(), rina)
    [seen] = {re.search(r'name="seen" value="([^"]*)"', each.get(page).text)[1] for each in (sari_in, rina_in)}
    assert seen == ""
    for _pressed_twice in range(2):
        assert sari_in.post(page, {f"point{point.pk}": "Kata Sari", "seen": seen}).status_code == 302
    clash = rina_in.post(page, {f"point{point.pk}": "Kata Rina", "summary": "Singkat", "seen": seen})
    assert (clash.status_code, "Sari Wulandari menyimpan notulen ini" in clash.text) == (422, True)
    assert ('Kata Rina</textarea><p class="help">Yang tersimpan:</p><pre class="paper-text">Kata Sari</pre>') in clash.text
    newer = re.search(r'name="seen" value="([^"]*)"', clash.text)[1]
    both = {f"point{point.pk}": "Kata Sari\nKata Rina", "seen": newer}
    assert rina_in.post(page, both).status_code == 302
    point.refresh_from_db()
    assert point.said == "Kata Sari\nKata Rina"


def test_empty_minutes_are_not_proposed(sari):
    session = SessionFactory()
    attendance.enter_attendance(session, people=[sari], by=sari)
    with pytest.raises(Refused) as refused:
        minutes.propose(written(session, " ", sari), by=sari)
    assert refused.value.codes == ["minutes_empty"]


def test_an_open_action_goes_to_the_next_agenda_in_one_click(client, sari, rina, signed_in):
    LibraryFactory()
    session = SessionFactory()
    action = actions.take_on("Cat rak", owner=rina, due_on=date(2026, 12, 12), session=session, by=sari)
    with pytest.raises(Refused) as refused:
        actions.carry(action, by=sari)
    assert refused.value.codes == ["no_next_session"]
    onward = SessionFactory(starts_at=clock.now() + timedelta(days=3))
    page = reverse("knowledge:action_carry", args=[action.pk])
    assert signed_in(client, rina).post(page).url == reverse("knowledge:session", args=[onward.pk])
    assert onward.points.latest("pk").title == "Cat rak"
    with pytest.raises(Refused) as refused:
        actions.carry(action, by=sari)
    assert refused.value.codes == ["point_on_agenda"]


def test_only_the_owner_or_a_manager_ends_an_action_and_with_a_result(sari, rina, ani, with_role, signed_in):
    LibraryFactory()
    action = actions.take_on("Cat rak", owner=rina, due_on=date(2026, 12, 12), by=sari)
    page = reverse("knowledge:action_end", args=[action.pk])
    assert [signed_in(Client(), each).post(page, {"result": "x"}).status_code for each in (with_role("cataloguer"), ani.user)] == [
        403, 403,
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.end(action, result=" ", by=rina)
    assert refused.value.codes == ["result_empty"]
    assert signed_in(Client(), rina).post(page, {"result": "Rak 3 dan 4 sudah dicat"}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.result) == ("done", "Rak 3 dan 4 sudah dicat")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_actions_asks_the_same_however_many_there_are(
    client, sari, signed_in, count, django_assert_max_num_queries
):
    LibraryFactory()
    for n in range(count):
        actions.take_on(f"Tindakan {n}", owner=sari, due_on=date(2026, 1, 1), session=SessionFactory(), by=sari)
    signed_in(client, sari)
    with django_assert_max_num_queries(8):
        assert f"Tindakan {count - 1}" in client.get(reverse("knowledge:actions") + "?whose=overdue").content.decode()


def test_what_was_typed_is_shown_again_when_a_line_is_wrong(client, sari, signed_in):
    LibraryFactory()
    session = SessionFactory(facilitator=sari)
    point = session.points.get()
    answer = signed_in(client, sari).post(
        reverse("knowledge:minutes", args=[session.pk]), {f"point{point.pk}": "Tindakan: <b>cat</b> rak", "summary": "Singkat"}
    )
    assert answer.status_code == 422
    assert "&lt;b&gt;cat&lt;/b&gt; rak</textarea>" in answer.content.decode()


def test_an_older_window_of_ones_own_overwrites_nothing_a_colleague_wrote_between(sari, rina):
    session = SessionFactory()
    old = written(session, "Kata Sari", sari).stamp
    newer = written(session, "Kata Sari dan Rina", rina).stamp
    point = session.points.get().pk
    minutes.write(session, summary="", said={point: "Kata Sari, Rina, dan lagi"}, seen=newer, by=sari)
    with pytest.raises(Refused) as refused:
        minutes.write(session, summary="", said={point: "Kata Sari"}, seen=old, by=sari)
    assert (refused.value.codes, session.points.get().said) == (["minutes_elsewhere"], "Kata Sari, Rina, dan lagi")


def test_what_was_kept_but_not_proposed_may_be_kept_again_from_the_same_page(client, sari, signed_in):
    LibraryFactory()
    session = SessionFactory()
    browser, page = signed_in(client, sari), reverse("knowledge:minutes", args=[session.pk])
    told = {f"point{session.points.get().pk}": "Dibahas.", "seen": ""}
    refused = browser.post(page, {**told, "propose": "1"})
    assert (refused.status_code, refused.context["seen"] != "") == (422, True)
    assert browser.post(page, {**told, "seen": refused.context["seen"]}).status_code == 302


def test_who_asked_without_a_name_is_no_source_of_the_article_and_who_asked_openly_is(sari, rina):
    session = SessionFactory()
    said = {}
    for title, hides in (("Bagaimana menolak atasan?", True), ("Di mana stempelnya?", False)):
        question = ask(title, hides_name=hides, by=rina)
        point = bring_up(question, title, by=rina, session=session)
        kept = minutes.write(session, summary="", said={**said, point.pk: "Dibahas."}, by=sari)
        article = compile_minutes([kept], "Kumpulan", by=sari)
        credited = article.contributions.filter(person=rina, part="source").exists()
        assert credited is not hides
        said[point.pk] = "Dibahas."
