"""Who may read a file: Sari (librarian), Ani (member), Budi (another member), and a stranger; at home and on the campus."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lumbung.catalogue.domain.records import set_suppressed
from lumbung.digital.domain.files import change_file, withdraw_file
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import File, Levels
from lumbung.digital.queries import Asker, access_to, files_of
from lumbung.digital.tests.factories import a_file
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.tests.factories import CategoryFactory
from lumbung.organization.models import StudyProgramme

pytestmark = pytest.mark.django_db
HOME, CAMPUS = "203.0.113.7", "10.20.3.4"


@pytest.fixture(autouse=True)
def _campus(db):
    change_terms(networks="10.20.0.0/16\n2001:db8::/32", by=None)


def seen_by(file: File, *askers: Asker) -> list[bool]:
    read_again = files_of(file.record)[0]
    return [access_to(read_again, each).may_read for each in askers]


def askers(sari, ani, budi, address: str = HOME) -> list[Asker]:
    return [Asker(user, address) for user in (sari, ani.user, budi.user, AnonymousUser())]


@pytest.mark.parametrize(
    ("level", "at_home", "on_campus"),
    [
        (Levels.PUBLIC, [True] * 4, [True] * 4),
        (Levels.MEMBERS, [True, True, True, False], [True, True, True, False]),
        (Levels.CAMPUS, [True, False, False, False], [True] * 4),
        (Levels.STAFF, [True, False, False, False], [True, False, False, False]),
        (Levels.NOBODY, [True, False, False, False], [True, False, False, False]),
    ],
)
def test_a_level_says_who_reads(sari, ani, budi, level: Levels, at_home: list[bool], on_campus: list[bool]):
    file = a_file(level=level)
    assert seen_by(file, *askers(sari, ani, budi)) == at_home
    assert seen_by(file, *askers(sari, ani, budi, CAMPUS)) == on_campus


def test_a_file_for_a_category_or_a_programme_is_read_by_their_members_alone(sari, ani, budi, with_role):
    programme = StudyProgramme.objects.create(code="55201", name="Informatika", level="S1")
    ani.programme = programme
    ani.save()
    lecturers = CategoryFactory(code="DOSEN", name="Dosen")
    visiting = CategoryFactory(code="DOSEN-LB", name="Dosen luar biasa", parent=lecturers)
    file = a_file(level=Levels.GROUP, programmes=[programme])
    assert seen_by(file, *askers(sari, ani, budi)) == [True, True, False, False]
    change_file(file, categories=[lecturers], programmes=[], by=sari)
    assert seen_by(file, *askers(sari, ani, budi)) == [True, False, False, False]
    budi.category = visiting
    budi.save()
    assert seen_by(file, *askers(sari, ani, budi)) == [True, False, True, False]
    assert seen_by(file, Asker(with_role("circulation"))) == [True]


def test_the_reader_is_told_why_and_the_way_on(ani):
    members = access_to(a_file(level=Levels.MEMBERS), Asker(AnonymousUser(), HOME))
    assert ([str(each) for each in members.refusals], str(members.way_on.sentence), members.way_on.signs_in) == (
        ["Berkas ini untuk anggota perpustakaan."],
        "Masuk dengan akun anggota Anda.",
        True,
    )
    campus = access_to(a_file(level=Levels.CAMPUS), Asker(ani.user, HOME))
    assert [str(each) for each in campus.refusals] == ["Berkas ini hanya dapat dibaca dari jaringan kampus."]
    assert campus.way_on.url == ""
    ani.expires_on = date(2020, 1, 1)
    ani.joined_on = date(2019, 1, 1)
    ani.save()
    ended = access_to(a_file(level=Levels.MEMBERS), Asker(ani.user, HOME))
    assert [str(each) for each in ended.refusals] == ["Keanggotaan Anda berakhir pada 1 Januari 2020."]


def test_an_embargo_ends_by_itself_on_its_day(sari, ani):
    with clock.stopped_at(datetime(2026, 11, 29, 5, tzinfo=UTC)):
        file = a_file(embargo_until=date(2027, 3, 1), embargo_reason="Menunggu paten")
        told = access_to(file, Asker(ani.user))
        assert (told.may_read, [str(each) for each in told.refusals]) == (
            False,
            ["Berkas ini diembargo: terbuka pada 1 Maret 2027. Alasan: Menunggu paten"],
        )
        assert access_to(file, Asker(sari)).may_read
    with clock.stopped_at(datetime(2027, 2, 28, 16, 59, tzinfo=UTC)):
        assert not access_to(file, Asker(ani.user)).may_read
    with clock.stopped_at(datetime(2027, 2, 28, 17, 1, tzinfo=UTC)):  # one minute past midnight in Jakarta
        assert access_to(file, Asker(ani.user)).may_read


def test_what_is_withdrawn_or_hidden_is_for_keepers_alone(sari, ani):
    file = a_file()
    set_suppressed(file.record, True, by=sari)
    assert seen_by(file, Asker(sari), Asker(ani.user)) == [True, False]
    set_suppressed(file.record, False, by=sari)
    withdraw_file(file, because="Permintaan penulis", by=sari)
    told = access_to(files_of(file.record)[0], Asker(ani.user))
    assert [each.code for each in told.refusals] == ["withdrawn"]


def test_what_may_be_read_may_not_always_be_downloaded(ani):
    told = access_to(a_file(downloadable=False), Asker(ani.user))
    assert (told.may_read, told.may_download) == (True, False)


@pytest.mark.parametrize("address", ["", "bukan alamat", "10.21.0.1", "2001:db9::1"])
def test_an_address_that_is_not_of_the_campus_opens_nothing(address: str):
    assert seen_by(a_file(level=Levels.CAMPUS), Asker(None, address)) == [False]


def test_terms_are_refused_with_every_reason(sari):
    with pytest.raises(Refused) as refusal:
        change_terms(networks="10.20.0.0/16 kampus 10.0.0.1/99", largest_mb=0, by=sari)
    assert refusal.value.codes == ["network_unreadable", "network_unreadable", "limit_out_of_range"]


def test_a_decision_about_many_files_asks_the_same_few_statements(ani, django_assert_num_queries):
    record = a_file(level=Levels.MEMBERS).record
    for number in range(2):
        a_file(record, f"berkas {number}".encode(), f"{number}.txt", level=Levels.MEMBERS)
    access_to(files_of(record)[0], Asker(None, HOME))
    with django_assert_num_queries(3):  # the files, the roles, the member
        asker = Asker(ani.user, HOME)
        assert [access_to(file, asker).may_read for file in files_of(record)] == [True] * 3


def test_a_moment_before_and_after_a_day_are_days_of_the_library():
    assert File(embargo_until=date(2027, 1, 1)).is_embargoed(date(2027, 1, 1) - timedelta(days=1))
    assert not File(embargo_until=date(2027, 1, 1)).is_embargoed(date(2027, 1, 1))
