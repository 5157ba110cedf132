"""What is kept how long: chosen by the library, carried out at night, told to everybody."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.kernel import clock, retention
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.typesetting import pdf
from lumbung.members.domain.clearance.applying import apply, give_file, withdraw
from lumbung.members.domain.privacy import keeping
from lumbung.members.domain.privacy.keeping import LOOKS, forget_what_is_old
from lumbung.members.domain.privacy.looks import looks_at, note_look
from lumbung.members.models import Member
from lumbung.members.tests.factories import ClearanceConditionFactory

pytestmark = pytest.mark.django_db


def test_days_chosen_by_the_library_count_and_those_out_of_range_are_refused_together(sari):
    assert retention.days_of(LOOKS) == 365
    assert retention.choose({"looks": 30, "clearance_files": 180}, by=sari) == 1
    assert retention.days_of(LOOKS) == 30
    with pytest.raises(Refused) as refused:
        retention.choose({"looks": 0, "clearance_files": 9999, "ended_members": 0}, by=sari)
    assert refused.value.codes == ["retention_out_of_range"] * 2
    entry = JournalEntry.objects.get(name="RetentionChanged")
    assert (entry.data["term"], entry.data["days"]) == ("looks", 30)


def test_who_looked_is_forgotten_after_the_days_chosen(ani, sari):
    note_look(ani, by=sari)
    retention.choose({"looks": 30}, by=sari)
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        assert forget_what_is_old()["looks"] == 0
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert forget_what_is_old()["looks"] == 1
    assert not looks_at(ani).exists()


def test_files_of_a_closed_application_go_and_those_of_an_open_one_stay(ani, budi, django_capture_on_commit_callbacks):
    asked = ClearanceConditionFactory(kind="upload", verifier_role="librarian")
    closed, running = apply(asked.purpose, ani, by=None), apply(asked.purpose, budi, by=None)
    files = [give_file(each, asked, name="a.pdf", content=pdf("= A", {}), by=None).stored_file for each in (closed, running)]
    withdraw(closed, by=None)
    with clock.stopped_at(clock.now() + timedelta(days=181)), django_capture_on_commit_callbacks(execute=True):
        assert forget_what_is_old()["clearance_files"] == 1
    assert [default_storage.exists(name) for name in files] == [False, True]


def test_members_long_gone_are_forgotten_only_where_the_library_chose_so_and_nothing_is_open(ani, budi, sari):
    Member.objects.update(expires_on=clock.now().date() - timedelta(days=400))
    assert forget_what_is_old()["ended_members"] == 0
    retention.choose({"ended_members": 365}, by=sari)
    apply(ClearanceConditionFactory().purpose, budi, by=None)
    assert forget_what_is_old()["ended_members"] == 2
    assert forget_what_is_old()["ended_members"] == 0
    assert set(Member.objects.values_list("name", flat=True)) == {f"#{ani.pk}", f"#{budi.pk}"}


def test_those_who_cannot_be_forgotten_yet_keep_nobody_else_waiting(ani, budi, sari, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_ERASED", 1)
    today = clock.now().date()
    Member.objects.filter(pk=ani.pk).update(user=sari, expires_on=today - timedelta(days=500))
    Member.objects.filter(pk=budi.pk).update(expires_on=today - timedelta(days=400))
    retention.choose({"ended_members": 365}, by=sari)
    assert forget_what_is_old()["ended_members"] == 1
    assert set(Member.objects.values_list("name", flat=True)) == {ani.name, f"#{budi.pk}"}


def test_the_table_is_changed_by_those_who_may_and_read_by_everybody(client: Client, sari, with_role):
    client.force_login(sari)
    page = client.get(reverse("members:retention"))
    days = {term.code: days for term, days in retention.terms()}
    assert set(days) >= {"loans", "visits", "e_loans", "messages", "looks", "rosters", "takedowns"}
    assert "Siapa yang meminjam dan memesan" in page.content.decode()
    assert client.post(reverse("members:retention"), days | {"loans": 0}).status_code == 422
    client.post(reverse("members:retention"), days | {"loans": 14})
    told = Client().get("/privacy").content.decode()
    assert ("14 hari" in told, "Keanggotaan yang sudah berakhir" in told) == (True, False)
    client.force_login(with_role(Role.CIRCULATION))
    assert client.get(reverse("members:retention")).status_code == 403
