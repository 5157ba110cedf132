"""Many members at once: activation links, extensions, word that a membership ends."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain import runs
from lumbung.members.models import Member, MemberRun
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db
ROOT = "https://perpus.example"


def students(count: int, **facts: object) -> list[Member]:
    return [MemberFactory(email=f"{n}@example.org", **facts) for n in range(count)]


def run_of(kind: str, by: User, **facts: object) -> MemberRun:
    return runs.carry_out(runs.start(MemberRun(kind=kind, **facts), address=ROOT, by=by))


def test_activation_links_go_to_those_who_never_made_a_password_and_can_be_sent_anew(sari, ani):
    new, mute = students(2, intake=2026), MemberFactory(intake=2026)
    run = run_of("activate", sari)
    assert (run.total, run.done, run.sent, run.unreached, run.state) == (3, 3, 2, 1, "finished")
    letters = Delivery.objects.filter(code="activation")
    assert sorted(letters.values_list("address", flat=True)) == ["0@example.org", "1@example.org"]
    mute.refresh_from_db()
    assert (mute.user, Member.objects.get(pk=new[0].pk).user.has_usable_password()) == (None, False)
    assert f"{ROOT}/accounts/password/reset/key/" in letters[0].body
    with clock.stopped_at(clock.now() + timedelta(days=2)):  # the first links have ended
        assert run_of("activate", sari).sent == 2
    assert User.objects.filter(member__in=new).count() == 2


def test_a_link_makes_a_password_and_afterwards_nothing_more_is_sent(client: Client, sari):
    (member,) = students(1)
    run_of("activate", sari)
    link = re.search(rf"{ROOT}(\S+)", Delivery.objects.get(code="activation").body).group(1)
    page = client.get(link, follow=True)
    word = "Kata-sandi-panjang-9"
    client.post(page.redirect_chain[-1][0], {"password1": word, "password2": word})
    member.refresh_from_db()
    assert member.user.has_usable_password()
    with pytest.raises(Refused) as refused:
        run_of("activate", sari)
    assert refused.value.codes == ["run_chooses_nobody"]


def test_an_extension_reaches_those_chosen_is_seen_before_and_undone(sari):
    day, until = clock.now().date() + timedelta(days=10), clock.now().date() + timedelta(days=400)
    chosen = students(3, intake=2023, expires_on=day)
    other = MemberFactory(intake=2024, expires_on=day)
    run = MemberRun(kind="extend", intake=2023, until=until)
    choice = runs.choice_of(run)
    assert (choice.total, choice.without_email, set(choice.first)) == (3, 0, set(chosen))
    assert Member.objects.filter(expires_on=until).count() == 0
    run = runs.carry_out(runs.start(run, address=ROOT, by=sari))
    assert set(Member.objects.filter(expires_on=until)) == set(chosen)
    Member.objects.filter(pk=chosen[0].pk).update(expires_on=until + timedelta(days=1))  # somebody renewed it since
    assert runs.undo(run, by=sari) == 2
    assert set(Member.objects.filter(expires_on=day)) == {*chosen[1:], other}
    with pytest.raises(Refused) as refused:
        runs.undo(run, by=sari)
    assert refused.value.codes == ["run_not_undoable"]
    assert [entry.data["count"] for entry in JournalEntry.objects.filter(name__startswith="MemberRun").order_by("pk")] == [3, 2]


def test_an_extension_without_a_day_to_come_is_refused(sari):
    for until, code in ((None, "run_until_missing"), (date(2020, 1, 1), "membership_ends_in_the_past")):
        with pytest.raises(Refused) as refused:
            runs.start(MemberRun(kind="extend", until=until), address=ROOT, by=sari)
        assert refused.value.codes == [code]


def test_that_a_membership_ends_is_told_once(sari):
    soon = clock.now().date() + timedelta(days=10)
    students(2, expires_on=soon)
    students(1, expires_on=soon + timedelta(days=90))
    assert run_of("tell", sari, ends_by=soon).sent == 2
    again = run_of("tell", sari, ends_by=soon)
    assert (again.sent, again.unreached) == (0, 2)
    assert Delivery.objects.filter(code="membership_ends").count() == 2


def test_a_run_that_was_left_goes_on_and_sends_nothing_twice(sari, monkeypatch):
    students(5)
    monkeypatch.setattr(runs, "STRETCH", 2)
    run = runs.start(MemberRun(kind="activate"), address=ROOT, by=sari)
    assert runs._stretch(run)  # as if the worker had ended here
    with pytest.raises(Refused) as refused:
        runs.start(MemberRun(kind="activate"), address=ROOT, by=sari)
    assert refused.value.codes == ["member_run_under_way"]
    run = runs.carry_out(MemberRun.objects.get())
    assert (run.sent, Delivery.objects.filter(code="activation").values("address").distinct().count()) == (5, 5)
    assert Delivery.objects.filter(code="activation").count() == 5


def test_accounts_of_staff_get_no_link(sari, with_role):
    worker = with_role(Role.CIRCULATION)
    worker.set_unusable_password()
    worker.save()
    MemberFactory(email="a@example.org", user=worker)
    with pytest.raises(Refused) as refused:
        run_of("activate", sari)
    assert refused.value.codes == ["run_chooses_nobody"]


def test_sari_sees_whom_it_reaches_before_she_begins_and_then_how_far_it_got(client: Client, sari, with_role):
    students(2, category=CategoryFactory())
    client.force_login(sari)
    assert 'value="activate" selected' in client.get(reverse("members:new_run"), {"kind": "activate"}).content.decode()
    seen = client.post(reverse("members:new_run"), {"kind": "activate"}).content.decode()
    assert ("2 anggota terkena" in seen, MemberRun.objects.count()) == (True, 0)
    page = client.post(reverse("members:new_run"), {"kind": "activate", "sure": "1"}, follow=True).content.decode()
    assert ("0 dari 2." in page, 'hx-trigger="every 2s"' in page) == (True, True)
    run = runs.carry_out(MemberRun.objects.get())
    assert "2 anggota selesai" in client.get(reverse("members:run", args=[run.pk])).content.decode()
    assert client.post(reverse("members:undo_run", args=[run.pk])).status_code == 409
    client.force_login(with_role(Role.CIRCULATION))
    assert client.get(reverse("members:runs")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_runs_asks_the_same_number_of_questions(client: Client, sari, rows: int, django_assert_num_queries):
    for _ in range(rows):
        students(1)
        run_of("activate", sari)
    client.force_login(sari)
    client.get(reverse("members:runs"))
    with django_assert_num_queries(5):
        assert len(client.get(reverse("members:runs")).context["page"]) == rows
