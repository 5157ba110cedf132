"""Styles the library adds: checked, chosen by readers, taken away and brought back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.catalogue.models import Record
from lumbung.discovery import citing
from lumbung.discovery.models import CitationStyle
from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db
CSL = b"""<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Jurnal Nusa</title></info>
<bibliography><layout suffix="!"><text variable="title"/></layout></bibliography></style>"""


@pytest.fixture
def bumi() -> Record:
    return catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="2005")


@pytest.fixture
def staff(signed_in, sari) -> Client:
    return signed_in(Client(), sari)


def _upload(client: Client, data: bytes):
    return client.post("/staff/citation-styles", {"file": SimpleUploadedFile("nusa.csl", data)})


def test_sari_adds_a_style_and_a_visitor_cites_with_it(client: Client, staff, bumi: Record) -> None:
    assert _upload(staff, CSL).status_code == 302
    word = citing.choices()[-1][0]
    assert citing.choices()[-1] == (word, "Jurnal Nusa")
    assert "<i>" not in client.get(f"/records/{bumi.pk}/citation?style={word}").text
    assert "Bumi manusia!" in client.get(f"/records/{bumi.pk}/citation?style={word}").text


@pytest.mark.parametrize("removed", ["x", "-1", "9" * 5_000])
def test_an_address_that_names_no_style_is_no_error(staff, removed: str) -> None:
    assert staff.get(f"/staff/citation-styles?removed={removed}").status_code == 200


def test_a_removed_style_is_chosen_no_more_and_comes_back(staff) -> None:
    _upload(staff, CSL)
    style = CitationStyle.objects.get()
    answer = staff.post(f"/staff/citation-styles/{style.pk}", {"_method": "DELETE"}, follow=True)
    assert "Gaya “Jurnal Nusa” dihapus." in answer.text
    assert "Jurnal Nusa" not in dict(citing.choices()).values()
    staff.post(f"/staff/citation-styles/{style.pk}/restoration")
    assert "Jurnal Nusa" in dict(citing.choices()).values()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"bukan xml", "bukan XML yang utuh"),
        (CSL.replace(b'variable="title"', b'macro="x"'), "makro yang tidak ada"),
        (CSL.replace(b'<text variable="title"/>', b""), "gagal dipakai untuk judul contoh"),
        (b"<style>" + b" " * 400_000, "lebih besar daripada 400 kB"),
    ],
)
def test_a_file_that_is_no_style_is_refused_with_the_reason(staff, data: bytes, why: str) -> None:
    answer = _upload(staff, data)
    assert answer.status_code == 422
    assert why in answer.text
    assert not CitationStyle.objects.exists()


def test_a_style_is_added_once(staff) -> None:
    _upload(staff, CSL)
    assert "Gaya dengan nama itu sudah ada." in _upload(staff, CSL).text


def test_ani_may_not_add_styles(signed_in, ani) -> None:
    assert _upload(signed_in(Client(), ani.user), CSL).status_code == 403
