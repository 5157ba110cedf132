"""The files of a title are told of as a stranger may have them, and the datestamp moves with that."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import a_record
from lumbung.cooperation.domain.sharing import refresh, share_all
from lumbung.cooperation.models.lacks import Lack
from lumbung.cooperation.queries.standing import SERVICES, lacking
from lumbung.cooperation.tests.asking import OAI, asked, datestamps, number, texts, thesis_marc
from lumbung.digital.domain.files import change_file, withdraw_file
from lumbung.digital.tests.factories import a_file
from lumbung.formats.marc import Field
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RIGHTS = "info:eu-repo/semantics/"


def told_of(record) -> tuple[list[str], list[str], list[str]]:
    root = asked(verb="GetRecord", identifier=number(record), metadataPrefix="oai_dc")
    sets = [each.text for each in root.iter(f"{OAI}setSpec") if each.text.startswith("access:")]
    return texts(root, "identifier"), texts(root, "rights"), sets


@pytest.fixture
def thesis(db):
    return add_record(thesis_marc(complete=False), by=None)


def test_a_file_for_everybody_is_an_address_to_fetch_and_open_access(thesis):
    file = a_file(thesis)
    refresh([thesis.pk])
    page = f"http://testserver/records/{thesis.pk}"
    assert told_of(thesis) == ([page, f"http://testserver/files/{file.pk}/download"], [f"{RIGHTS}openAccess"], ["access:open"])
    for prefix in ("marc21", "mods", "qdc", "oai_etdms", "rama"):
        root = asked(verb="GetRecord", identifier=number(thesis), metadataPrefix=prefix)
        assert f"http://testserver/files/{file.pk}/download" in "".join(root.itertext()), prefix


def test_a_file_for_members_is_told_of_as_restricted_and_not_where_it_is(thesis):
    a_file(thesis, level="members")
    refresh([thesis.pk])
    page = f"http://testserver/records/{thesis.pk}"
    assert told_of(thesis) == ([page], [f"{RIGHTS}restrictedAccess"], ["access:restricted"])


def test_when_an_embargo_ends_the_datestamp_moves_by_itself(thesis):
    with clock.stopped_at(NOON):
        a_file(thesis, embargo_until=date(2026, 6, 1), embargo_reason="Paten")
        refresh([thesis.pk])
        assert told_of(thesis)[1:] == ([f"{RIGHTS}embargoedAccess"], ["access:restricted"])
    with clock.stopped_at(NOON + timedelta(days=60)):
        assert share_all() == 1
        assert told_of(thesis)[1:] == ([f"{RIGHTS}openAccess"], ["access:open"])
        assert datestamps(asked(verb="ListIdentifiers", metadataPrefix="oai_dc")) == {str(thesis.pk): "2026-06-30T12:00:01Z"}


def test_a_withdrawn_file_is_told_of_no_longer(thesis):
    file = a_file(thesis)
    refresh([thesis.pk])
    withdraw_file(file, because="Permintaan penulis", by=None)
    refresh([thesis.pk])
    assert told_of(thesis) == ([f"http://testserver/records/{thesis.pk}"], [], ["access:library"])


def test_a_file_of_our_own_counts_as_the_full_text(thesis):
    refresh([thesis.pk])
    assert Lack.FULL_TEXT in Lack(lacking(SERVICES["rama"])[0].rama_lacks)
    change_file(a_file(thesis), by=None, level="campus")
    refresh([thesis.pk])
    assert Lack.FULL_TEXT not in Lack(lacking(SERVICES["rama"])[0].rama_lacks)


PAID = Field("856", "4", "0", [("u", "https://ebookcentral.example/lib/x/detail"), ("z", "Untuk anggota terdaftar")])
SUBSCRIBERS = Field("506", " ", " ", [("a", "Hanya untuk pelanggan")])


@pytest.mark.parametrize(
    ("fields", "right"),
    [
        ([PAID], []),
        ([PAID, SUBSCRIBERS], []),
        ([PAID, Field("540", " ", " ", [("a", "Bukan di bawah CC BY")])], []),
        ([PAID, Field("506", "1", " ", [("a", "Hanya untuk pelanggan")])], ["restrictedAccess"]),
        ([Field("856", "4", "0", [("u", "https://a.example/1"), ("7", "1")])], ["restrictedAccess"]),
        ([Field("856", "4", "0", [("u", "https://a.example/1"), ("7", "0")])], ["openAccess"]),
        ([PAID, Field("856", "4", "2", [("u", "https://a.example/isi"), ("7", "0")])], []),
        ([PAID, Field("506", "0", " ", [("a", "Terbuka")])], ["openAccess"]),
        ([PAID, Field("506", " ", " ", [("f", "Unrestricted online access"), ("2", "star")])], ["openAccess"]),
        ([PAID, Field("540", " ", " ", [("u", "https://creativecommons.org/licenses/by/4.0/")])], ["openAccess"]),
        ([PAID, Field("540", " ", " ", [("f", "CC BY-SA 4.0"), ("2", "cc")])], ["openAccess"]),
    ],
)
def test_a_link_is_told_of_as_open_only_where_the_record_says_so(db, fields, right):
    record = a_record("Buku elektronik", *fields)
    refresh([record.pk])
    sets = {"openAccess": ["access:open"], "restrictedAccess": ["access:restricted"]}
    told = [each for each in told_of(record)[1] if each.startswith(RIGHTS)]
    assert (told, told_of(record)[2]) == ([f"{RIGHTS}{each}" for each in right], sets[right[0]] if right else [])
