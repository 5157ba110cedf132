"""Periods: a list of numbers becomes applications, all are looked at or get their letters, and the list is taken away."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lumbung.accounts.models import Role
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import xlsx
from lumbung.members.domain.clearance import enrolling
from lumbung.members.domain.clearance.applying import apply, enrol
from lumbung.members.domain.clearance.enrolling import AT_ONCE
from lumbung.members.domain.clearance.periods import add_period, carry_out, start_run
from lumbung.members.models import ClearanceApplication, ClearanceLetter, ClearancePeriod, ClearanceRun, Member
from lumbung.members.tests.factories import (
    ClearanceConditionFactory,
    ClearancePurposeFactory,
    MemberFactory,
    MemberIdentifierFactory,
)
from lumbung.organization.queries import library

pytestmark = pytest.mark.django_db
ADDRESS = "http://testserver/verify"


@pytest.fixture
def period(owing) -> ClearancePeriod:
    purpose = ClearancePurposeFactory(name="Wisuda")
    ClearanceConditionFactory(
        purpose=purpose, kind="automatic", check_code="above.owing", name="Tidak ada tanggungan", verifier_role=""
    )
    today = clock.today(library().zone)
    days = {"first_day": today, "last_day": today + timedelta(days=30)}
    return add_period(name="Wisuda ke-52", purpose=purpose, by=None, **days)


def with_nim(nim: str, **facts: object) -> Member:
    return MemberIdentifierFactory(value=nim, member=MemberFactory(**facts)).member


def test_a_period_is_refused_with_every_reason(period):
    with pytest.raises(Refused) as refused:
        add_period(name="wisuda KE-52", purpose=period.purpose, first_day=period.last_day, last_day=period.first_day, by=None)
    assert refused.value.codes == ["period_name_taken", "period_backwards"]


def test_a_period_takes_applications_on_its_days_and_for_its_purpose(period, ani):
    with clock.stopped_at(clock.now() + timedelta(days=40)), pytest.raises(Refused) as refused:
        apply(period.purpose, ani, period=period, by=None)
    assert refused.value.codes == ["period_closed"]
    with pytest.raises(Refused) as refused:
        apply(ClearancePurposeFactory(), ani, period=period, by=None)
    assert refused.value.codes == ["period_of_another_purpose"]


def test_a_list_of_numbers_opens_applications_and_tells_what_it_could_not(period, sari, ani):
    with_nim("2311040001")
    with_nim("2311040002")
    early = apply(period.purpose, ani, by=None)
    enrolled = enrol(period, ["2311040001", " 23110 40002", "2311040001", "999", "m-ani"], by=sari)
    assert (enrolled.opened, enrolled.there, enrolled.unknown, enrolled.twice) == (2, ["M-ANI"], ["999"], ["2311040001"])
    early.refresh_from_db()
    assert early.period == period


def test_all_are_looked_at_and_those_ready_get_letters_even_when_left_in_the_middle(period, sari, owing):
    members = [with_nim(f"23110400{number:02}") for number in range(5)]
    enrol(period, [f"23110400{number:02}" for number in range(5)], by=sari)
    owing.owe(members[0], "Bumi manusia")
    run = carry_out(start_run(period, kind="evaluate", address=ADDRESS, by=sari))
    assert (run.state, run.total, run.done, run.ready) == ("finished", 5, 5, 4)
    issuing = start_run(period, kind="issue", address=ADDRESS, by=sari)
    with pytest.raises(Refused) as refused:
        start_run(period, kind="evaluate", address=ADDRESS, by=sari)
    assert refused.value.codes == ["run_under_way"]
    issuing.last = ClearanceApplication.objects.order_by("pk")[1].pk  # as if the worker had ended after two
    issuing.save()
    assert carry_out(issuing).ready == 3
    run = carry_out(start_run(period, kind="issue", address=ADDRESS, by=sari))
    assert run.ready == 1
    assert sorted(letter.number[:3] for letter in ClearanceLetter.objects.all()) == ["001", "002", "003", "004"]
    assert JournalEntry.objects.filter(name="ClearanceRunFinished").count() == 3


def test_the_list_is_read_printed_and_taken_away_by_those_who_may(period, sari, client: Client, with_role, owing):
    with_nim("0011040001", name="=HYPERLINK(1)")
    enrol(period, ["0011040001"], by=sari)
    client.force_login(with_role(Role.CIRCULATION))
    assert client.post(reverse("members:clearance_list_file", args=[period.pk, "csv"])).status_code == 403
    assert "0011040001" in client.get(reverse("members:clearance_list", args=[period.pk])).content.decode()
    client.force_login(sari)
    table = b"".join(client.post(reverse("members:clearance_list_file", args=[period.pk, "csv"])).streaming_content).decode()
    assert "0011040001,'=HYPERLINK(1),,,Berjalan,1,1,," in table
    book = load_workbook(io.BytesIO(client.post(reverse("members:clearance_list_file", args=[period.pk, "xlsx"])).content))
    assert [cell.value for cell in book.active[2]][:2] == ["0011040001", "=HYPERLINK(1)"]
    assert book.active["B2"].data_type == "s"
    assert [entry.data["count"] for entry in JournalEntry.objects.filter(name="ClearanceListTaken")] == [1, 1]


def test_sari_announces_a_period_enrols_from_a_file_and_starts_work(client: Client, sari, period):
    client.force_login(sari)
    days = {"first_day": "2026-12-01", "last_day": "2026-11-01", "purpose": period.purpose.pk}
    assert client.post(reverse("members:clearance_announce"), {"name": "Cuti", **days}).status_code == 422
    with_nim("0011040001")
    sent = SimpleUploadedFile("lulus.xlsx", xlsx(["Nama", "NIM"], [["Ani", "0011040001"], ["Budi", "777"]]))
    address = reverse("members:clearance_enrolment", args=[period.pk])
    page = client.post(address, {"file": sent}).content.decode()
    assert "1 pengajuan dibuka." in page
    assert "777" in page
    broken = client.post(address, {"file": SimpleUploadedFile("lulus.xlsx", b"PK\x03\x04 broken")})
    assert broken.status_code == 422
    assert client.post(address, {}).status_code == 422
    client.post(reverse("members:clearance_work", args=[period.pk]), {"kind": "evaluate"})
    page = client.get(reverse("members:clearance_period", args=[period.pk])).content.decode()
    assert "0 dari 1." in page
    assert 'hx-trigger="every 2s"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_number_of_questions_however_long_they_are(
    client: Client, sari, period, rows: int, django_assert_num_queries
):
    client.force_login(sari)
    for _ in range(rows):
        apply(period.purpose, MemberFactory(), period=period, by=None)
    for name, count in (("clearance_period", 7), ("clearance_list", 12)):
        address = reverse(f"members:{name}", args=[period.pk])
        client.get(address)
        with django_assert_num_queries(count):
            client.get(address)


def test_a_long_list_is_enrolled_in_the_background_and_goes_on_where_it_was_left(client: Client, sari, period, monkeypatch):
    client.force_login(sari)
    nims = [f"23110{number:05}" for number in range(AT_ONCE + 1)]
    for nim in nims[:3]:
        with_nim(nim)
    rows = [["NIM"], *([nim] for nim in [*nims, nims[0]])]
    sent = SimpleUploadedFile("lulus.csv", "\n".join(each[0] for each in rows).encode())
    page = client.post(reverse("members:clearance_enrolment", args=[period.pk]), {"file": sent}, follow=True).content.decode()
    assert (f"0 dari {AT_ONCE + 1}." in page, 'hx-trigger="every 2s"' in page) == (True, True)
    run = ClearanceRun.objects.get()
    monkeypatch.setattr(enrolling, "STRETCH", 2)
    enrolling._enrol_stretch(run)  # as if the worker had ended after a stretch
    carry_out(ClearanceRun.objects.get())
    run.refresh_from_db()
    assert (run.state, run.done, run.ready, run.told["there"]) == ("finished", AT_ONCE + 1, 3, [])
    assert (run.told["unknown"], run.told["twice"]) == (nims[3:], [nims[0]])
    page = client.get(reverse("members:clearance_period", args=[period.pk])).content.decode()
    assert ("3 pengajuan dibuka dari daftar NIM" in page, nims[-1] in page) == (True, True)


def test_two_long_lists_of_one_period_do_not_run_together(period, sari):
    enrolling.start_enrolment(period, ["1"], by=sari)
    with pytest.raises(Refused) as refused:
        enrolling.start_enrolment(period, ["2"], by=sari)
    assert refused.value.codes == ["run_under_way"]
