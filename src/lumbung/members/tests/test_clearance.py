"""Bebas pustaka: applying, how it stands, verdicts, letters."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.accounts.models import Role
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.clearance.answering import decide
from lumbung.members.domain.clearance.applying import apply, withdraw
from lumbung.members.domain.clearance.doubts import letters_in_doubt
from lumbung.members.domain.clearance.letters import CODE_LENGTH, issue, letter_with, masked, revoke
from lumbung.members.domain.clearance.standing import standings, standings_of
from lumbung.members.models import Category, ClearanceApplication, ClearanceLetter, Member
from lumbung.members.tests.factories import (
    CategoryFactory,
    ClearanceConditionFactory,
    ClearancePurposeFactory,
    MemberFactory,
    MemberIdentifierFactory,
)
from lumbung.organization.domain.studies import remove_programme
from lumbung.organization.tests.factories import StudyProgrammeFactory

pytestmark = pytest.mark.django_db
ADDRESS = "https://perpus.example/verify"
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def automatic(purpose, **facts):
    told = {"kind": "automatic", "check_code": "above.owing", "name": "Tidak ada tanggungan", "verifier_role": ""}
    return ClearanceConditionFactory(purpose=purpose, **(told | facts))


def issued(member, purpose=None, **facts) -> ClearanceLetter:
    return issue(apply(purpose or ClearancePurposeFactory(), member, by=None), address=ADDRESS, by=None, **facts)


def codes(call) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.codes


def test_every_condition_says_how_it_stands_and_what_is_missing(ani, owing):
    purpose = ClearancePurposeFactory()
    automatic(purpose, position=1)
    ClearanceConditionFactory(purpose=purpose, position=2)
    ClearanceConditionFactory(purpose=purpose, position=3, kind="upload", name="Lembar pengesahan", way="Unggah PDF.")
    owing.owe(ani, "Bumi manusia, jatuh tempo 1 Desember 2026")
    application = apply(purpose, ani, by=ani.user)
    assert [(each.condition.name, each.state, list(each.because), each.way) for each in standings_of(application)] == [
        ("Tidak ada tanggungan", "unmet", ["Bumi manusia, jatuh tempo 1 Desember 2026"], "Selesaikan di meja layanan."),
        ("Bebas pustaka fakultas", "waiting", [], ""),
        ("Lembar pengesahan", "unmet", [], "Unggah PDF."),
    ]
    assert (application.met, application.asked) == (0, 3)
    assert JournalEntry.objects.get(name="ClearanceApplied").data["member"] == ani.pk


def test_a_condition_whose_check_is_gone_is_never_met(ani, owing):
    purpose = ClearancePurposeFactory()
    automatic(purpose, check_code="gone.with_its_part")
    (standing,) = standings_of(apply(purpose, ani, by=None))
    assert (standing.state, len(standing.because)) == ("unmet", 1)


def test_conditions_bind_by_category_level_and_programme(owing):
    nurses = StudyProgrammeFactory(code="14201", name="Keperawatan", level="S1")
    lawyers = StudyProgrammeFactory(code="74101", name="Ilmu Hukum", level="S2")
    student, lecturer = CategoryFactory(), CategoryFactory(code="dosen", name="Dosen")
    final_year = Category.objects.create(code="akhir", name="Tingkat akhir", parent=student)
    purpose = ClearancePurposeFactory()
    ClearanceConditionFactory(purpose=purpose, name="semua")
    ClearanceConditionFactory(purpose=purpose, name="mahasiswa").categories.add(student)
    ClearanceConditionFactory(purpose=purpose, name="magister", levels=["S2", "S3"])
    ClearanceConditionFactory(purpose=purpose, name="keperawatan").programmes.add(nurses)

    def asked(**facts):
        return [each.condition.name for each in standings_of(apply(purpose, MemberFactory(**facts), by=None))]

    assert asked(category=final_year, programme=nurses) == ["semua", "mahasiswa", "keperawatan"]
    assert asked(category=student, programme=lawyers) == ["semua", "mahasiswa", "magister"]
    assert asked(category=lecturer, programme=None) == ["semua", "magister", "keperawatan"]


def test_many_applications_are_looked_at_with_as_few_questions_as_one(owing, django_assert_num_queries):
    purpose = ClearancePurposeFactory()
    automatic(purpose)
    ClearanceConditionFactory(purpose=purpose)
    for count in (1, 3):
        rows = [apply(purpose, MemberFactory(), by=None) for _ in range(count)]
        asked = list(ClearanceApplication.objects.filter(pk__in=[each.pk for each in rows]).select_related("member__programme"))
        standings(asked)
        owing.asked = 0
        with django_assert_num_queries(5):
            standings(asked)
        assert owing.asked == 1


def test_applying_twice_and_for_what_is_closed_is_refused(ani, owing):
    purpose = ClearancePurposeFactory()
    application = apply(purpose, ani, by=ani.user)
    assert codes(lambda: apply(purpose, ani, by=ani.user)) == ["already_applied"]
    withdraw(application, by=ani.user)
    assert codes(lambda: withdraw(application, by=ani.user)) == ["not_open"]
    issued(ani, purpose)
    purpose.is_open = False
    purpose.save()
    assert codes(lambda: apply(purpose, ani, by=ani.user)) == ["purpose_closed", "has_a_letter"]


def test_only_its_verifier_decides_a_condition_and_a_refusal_has_a_reason(ani, sari, with_role, owing):
    condition = ClearanceConditionFactory(verifier_role="verifier")
    application = apply(condition.purpose, ani, by=ani.user)
    fajar, boss = with_role(Role.VERIFIER), with_role(Role.ADMIN)
    assert codes(lambda: decide(application, condition, accepted=False, by=sari)) == [
        "not_yours_to_verify",
        "refusal_reason_empty",
    ]
    decide(application, condition, accepted=False, reason="Buku fakultas belum kembali", by=fajar)
    (standing,) = standings_of(application)
    assert (standing.state, list(standing.because)) == ("refused", ["Buku fakultas belum kembali"])
    decide(application, condition, accepted=True, by=boss)
    condition.verifiers.add(sari)
    decide(application, condition, accepted=True, by=sari)
    assert standings_of(application)[0].met
    automatic_one = automatic(condition.purpose)
    assert codes(lambda: decide(application, automatic_one, accepted=True, by=boss)) == ["condition_not_asked"]


def test_a_letter_is_refused_with_every_condition_that_does_not_hold(ani, sari, owing):
    purpose = ClearancePurposeFactory()
    automatic(purpose)
    ClearanceConditionFactory(purpose=purpose, way="Datang ke fakultas.")
    owing.owe(ani, "Bumi manusia, jatuh tempo 1 Desember 2026", "Kimia dasar, jatuh tempo 2 Desember 2026")
    application = apply(purpose, ani, by=ani.user)
    with pytest.raises(Refused) as refused:
        issue(application, address=ADDRESS, by=sari)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Belum terpenuhi – Tidak ada tanggungan: Bumi manusia, jatuh tempo 1 Desember 2026; Kimia dasar, jatuh tempo 2 Desember 2026.",
        "Belum terpenuhi – Bebas pustaka fakultas: Datang ke fakultas.",
    ]
    assert ClearanceLetter.objects.count() == 0


def test_a_letter_is_numbered_kept_and_ends_the_membership(ani, sari, owing):
    MemberIdentifierFactory(member=ani, value="2311040087")
    alumni = CategoryFactory(code="alumni", name="Alumni")
    with clock.stopped_at(NOW):
        letter = issued(ani, ClearancePurposeFactory(becomes=alumni))
    ani.refresh_from_db()
    assert (letter.number, letter.identifier, letter.name) == ("001/PERPUS/BP/XI/2026", "2311040087", "Ani")
    assert (ani.expires_on, ani.category) == (date(2026, 11, 22), alumni)
    assert not ani.is_current(date(2026, 11, 23))
    assert len(letter.code) == CODE_LENGTH
    assert letter_with(letter.code_to_read.lower()) == letter
    assert letter.application.state == "issued"


def test_numbers_begin_anew_each_year_and_skip_none_that_failed(owing):
    purpose = ClearancePurposeFactory()
    same = ClearancePurposeFactory(name="Cuti", ends_membership=False)
    first = [issued(MemberFactory(), purpose, dated=date(2026, 12, 30)).number for _ in range(2)]
    application = apply(same, MemberFactory(), by=None)
    condition = ClearanceConditionFactory(purpose=same)
    assert codes(lambda: issue(application, address=ADDRESS, by=None)) == ["condition_unmet"]
    condition.delete()
    second = issue(application, address=ADDRESS, by=None, dated=date(2026, 12, 31)).number
    third = issued(MemberFactory(), purpose, dated=date(2027, 1, 2)).number
    assert [*first, second, third] == [
        "001/PERPUS/BP/XII/2026",
        "002/PERPUS/BP/XII/2026",
        "003/PERPUS/BP/XII/2026",
        "001/PERPUS/BP/I/2027",
    ]


def test_revoking_needs_a_reason_gives_the_membership_back_and_opens_the_application(ani, sari, owing):
    was = (ani.expires_on, ani.category_id)
    letter = issued(ani, ClearancePurposeFactory(becomes=CategoryFactory(code="alumni", name="Alumni")))
    assert codes(lambda: revoke(letter, reason=" ", by=sari)) == ["revocation_reason_empty"]
    revoke(letter, reason="Buku ditemukan di asrama", by=sari)
    assert codes(lambda: revoke(letter, reason="lagi", by=sari)) == ["already_revoked"]
    ani.refresh_from_db()
    assert (ani.expires_on, ani.category_id) == was
    again = ClearanceApplication.objects.get()
    assert again.state == "open"
    assert issue(again, address=ADDRESS, by=sari).number.startswith("002/")


def test_a_membership_renewed_since_is_not_touched_by_revoking(ani, sari, owing):
    letter = issued(ani)
    Member.objects.filter(pk=ani.pk).update(expires_on=date(2030, 1, 1))
    revoke(letter, reason="Keliru", by=sari)
    ani.refresh_from_db()
    assert ani.expires_on == date(2030, 1, 1)


def test_what_appears_after_the_letter_is_named_until_the_letter_is_revoked(ani, budi, sari, owing):
    purpose = ClearancePurposeFactory()
    automatic(purpose)
    letter = issued(ani, purpose)
    issued(budi, purpose)
    assert letters_in_doubt() == []
    owing.owe(ani, "Bumi manusia, jatuh tempo 1 Desember 2026")
    (doubt,) = letters_in_doubt()
    told = [(condition.name, list(said)) for condition, said in doubt.because]
    assert (doubt.letter, told) == (letter, [("Tidak ada tanggungan", ["Bumi manusia, jatuh tempo 1 Desember 2026"])])
    revoke(letter, reason="Ada pinjaman", by=sari)
    assert letters_in_doubt() == []


def test_letters_older_than_four_hundred_days_are_left_alone(ani, owing):
    purpose = ClearancePurposeFactory()
    automatic(purpose)
    with clock.stopped_at(clock.now() - timedelta(days=401)):
        issued(ani, purpose)
    owing.owe(ani, "Bumi manusia")
    assert letters_in_doubt() == []


def test_a_programme_somebody_is_in_stays(sari):
    member = MemberFactory(programme=StudyProgrammeFactory())
    assert codes(lambda: remove_programme(member.programme, by=sari)) == ["programme_in_use"]


def test_codes_nobody_was_given_lead_nowhere():
    for forged in ("", "-", "A" * CODE_LENGTH, "' OR 1=1 --", "A" * 400, "\x00"):
        assert letter_with(forged) is None


def test_names_are_masked_word_by_word():
    assert masked("Ni Made Ani Saraswati") == "N* M*** A** S********"
    assert masked("Suharto") == "S******"


@pytest.mark.django_db(transaction=True)
def test_two_desks_issue_one_letter_and_leave_no_gap(ani, budi, owing):
    purpose = ClearancePurposeFactory()
    one, two = apply(purpose, ani, by=None), apply(purpose, budi, by=None)
    letters, refused = race(
        lambda: issue(one, address=ADDRESS, by=None),
        lambda: issue(one, address=ADDRESS, by=None),
        lambda: issue(two, address=ADDRESS, by=None),
    )
    assert len(letters) == 2
    assert refused in ([["not_open"]], [["already_issued"]])
    assert sorted(letter.number[:3] for letter in letters) == ["001", "002"]
