"""Licences and status documents, judged by the published JSON Schemas of Readium."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from lumbung.digital.domain.lending import borrow, return_early, set_lending
from lumbung.digital.domain.reading_apps.passphrases import set_passphrase
from lumbung.digital.models import File, Levels
from lumbung.digital.tests.factories import a_file
from lumbung.discovery.tests.opds_schemas import faults
from lumbung.formats.lcp.tests.reader import Opened
from lumbung.organization.tests.factories import LibraryFactory

BOOKS = ["childrens-literature.epub", "regime-anticancer-arabic.epub", "trees.epub"]


PHRASE = "padi menguning di lereng"


@pytest.fixture(params=BOOKS)
def taken_along(request, db, shared_data: Path, ani, sari, signed_in) -> tuple[bytes, File, Opened, Client]:
    """A real book that Ani borrowed, and its licence, opened in her reading program."""
    LibraryFactory()
    content = (shared_data / "epub" / request.param).read_bytes()
    file = a_file(content=content, name=request.param, level=Levels.MEMBERS)
    set_lending(file, in_apps=True, by=sari)
    set_passphrase(ani, PHRASE, "Di mana padi?", by=ani.user)
    borrow(file, to=ani, by=ani.user)
    licence = signed_in(Client(), ani.user).get(f"/files/{file.pk}/loan/licence.lcpl").content
    return content, file, Opened(licence, PHRASE), Client()


def test_licence_and_status_of_a_real_book_are_ones_by_the_published_schemas(shared_data: Path, taken_along, ani):
    _content, file, opened, program = taken_along
    assert faults(shared_data, "readium-lcp/license.schema.json", opened.said) == []
    status = opened.link("status")["href"]
    told = program.get(status).json()
    assert faults(shared_data, "readium-lcp/status.schema.json", told) == []
    program.post(f"{status.removesuffix('status')}registration?id=a&name=Thorium")
    return_early(file, of=ani, by=ani.user)
    told = program.get(status).json()
    assert (faults(shared_data, "readium-lcp/status.schema.json", told), told["status"]) == ([], "returned")


def test_a_real_book_under_lock_says_the_same_to_the_last_byte(taken_along):
    content, _file, opened, program = taken_along
    clear = opened.read(b"".join(program.get(opened.link("publication")["href"])))
    with ZipFile(io.BytesIO(content)) as book:
        names = [each for each in book.namelist() if not each.endswith("/")]
        assert {each: clear[each] for each in names} == {each: book.read(each) for each in names}
