"""Licences and books under lock, opened by a reading program that knows the specification alone."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.lcp import (
    BASIC,
    Licence,
    Profile,
    Signer,
    Unprotectable,
    canonical,
    document,
    lock,
    own_certificate,
    passphrase_hash,
    protect,
    unlock,
    with_licence,
)
from lumbung.formats.lcp.tests.reader import Opened, Refuses

NOW = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
KEY = bytes(range(32))
LICENCE = Licence(
    identifier="35d9b2d6-aec5-4b8e-9d4f-5e5c0c8d7b11",
    provider="https://perpustakaan.kampus.ac.id/",
    issued=NOW,
    updated=NOW,
    start=NOW,
    end=datetime(2026, 12, 6, 16, 59, 59, tzinfo=UTC),
    content_key=KEY,
    user_hash=passphrase_hash("padi menguning di lereng"),
    hint="Sawah “kita”\tdi \\ lereng",
    user="d9f298a7",
    links=[{"href": "https://a.example/b", "rel": "hint"}, {"href": "https://a.example/c", "rel": "publication"}],
    copies=2000,
    prints=0,
)


@pytest.fixture(scope="module")
def signer() -> Signer:
    return own_certificate("Perpustakaan Kampus", NOW)


def ecdsa_signer() -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "Kampus")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = built.serial_number(1).not_valid_before(NOW).not_valid_after(NOW.replace(year=2040)).sign(key, SHA256())
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Signer(made.public_bytes(Encoding.PEM).decode(), plain)


def zipped(entries: dict[str, bytes | str]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


BOOK: dict[str, bytes | str] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "OPS/p.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
    '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    '<item id="k" href="sampul.jpg" media-type="image/jpeg" properties="cover-image"/>'
    '<item id="c" href="bab%20satu.xhtml" media-type="application/xhtml+xml"/></manifest><spine/></package>',
    "OPS/nav.xhtml": "<nav/>",
    "OPS/toc.ncx": "<ncx/>",
    "OPS/sampul.jpg": b"\xff\xd8sampul",
    "OPS/bab satu.xhtml": "<p>Padi ditumbuk di lesung.</p>" * 300,
    "OPS/gambar.jpg": b"\xff\xd8" + bytes(range(256)) * 3,
    "OPS/kosong.css": b"",
}


def test_a_book_under_lock_opens_with_the_passphrase_and_says_the_same_to_the_last_byte(signer: Signer, tmp_path: Path):
    protect(zipped(BOOK), tmp_path / "kunci.epub", KEY)
    locked = (tmp_path / "kunci.epub").read_bytes()
    assert b"Padi ditumbuk" not in b"".join(zipfile.ZipFile(io.BytesIO(locked)).read(name) for name in BOOK)
    clear = Opened(document(LICENCE, BASIC, signer), "padi menguning di lereng").read(locked)
    expected = {name: content.encode() if isinstance(content, str) else content for name, content in BOOK.items()}
    assert {name: clear[name] for name in expected} == expected
    assert next(iter(clear)) == "mimetype"


def test_what_a_reading_program_needs_before_it_has_a_key_stays_open(tmp_path: Path):
    protect(zipped(BOOK), tmp_path / "kunci.epub", KEY)
    book = zipfile.ZipFile(tmp_path / "kunci.epub")
    listed = book.read("META-INF/encryption.xml").decode()
    assert [name for name in BOOK if name.rpartition("/")[2].replace(" ", "%20") in listed] == [
        "OPS/bab satu.xhtml",
        "OPS/gambar.jpg",
        "OPS/kosong.css",
    ]
    assert all(
        book.read(name) == (BOOK[name] if isinstance(BOOK[name], bytes) else BOOK[name].encode()) for name in list(BOOK)[:6]
    )
    assert len(book.read("OPS/bab satu.xhtml")) < len(BOOK["OPS/bab satu.xhtml"]) // 10


def test_the_same_book_and_key_make_the_same_file(tmp_path: Path):
    for name in ("satu", "dua"):
        protect(zipped(BOOK), tmp_path / name, KEY)
    assert (tmp_path / "satu").read_bytes() == (tmp_path / "dua").read_bytes()


def test_the_licence_may_travel_inside_the_book(signer: Signer, tmp_path: Path):
    licence = document(LICENCE, BASIC, signer)
    protect(zipped(BOOK), tmp_path / "kunci.epub", KEY)
    with_licence(tmp_path / "kunci.epub", tmp_path / "lengkap.epub", licence)
    whole = (tmp_path / "lengkap.epub").read_bytes()
    inside = zipfile.ZipFile(io.BytesIO(whole)).read("META-INF/license.lcpl")
    assert b"di lesung" in Opened(inside, "padi menguning di lereng").read(whole)["OPS/bab satu.xhtml"]
    with pytest.raises(Unprotectable):
        protect(io.BytesIO(whole), tmp_path / "lagi.epub", KEY)


def test_fonts_that_are_hidden_already_are_left_as_they_are(signer: Signer, tmp_path: Path):
    hidden = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        '<enc:CipherData><enc:CipherReference URI="OPS/huruf.otf"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    protect(zipped({**BOOK, "META-INF/encryption.xml": hidden, "OPS/huruf.otf": b"tersembunyi"}), tmp_path / "b", KEY)
    clear = Opened(document(LICENCE, BASIC, signer), "padi menguning di lereng").read((tmp_path / "b").read_bytes())
    assert clear["OPS/huruf.otf"] == b"tersembunyi"
    assert b"http://www.idpf.org/2008/embedding" in clear["META-INF/encryption.xml"]


@pytest.mark.parametrize("content", [b"bukan zip", zipped({"a": "b"}).getvalue()])
def test_what_is_no_book_cannot_be_locked(tmp_path: Path, content: bytes):
    with pytest.raises(Unprotectable):
        protect(io.BytesIO(content), tmp_path / "x", KEY)


@pytest.mark.parametrize("wrong", ["Padi menguning di lereng", "padi menguning di lereng ", "", "lain sama sekali"])
def test_no_other_passphrase_opens_a_licence(signer: Signer, wrong: str):
    with pytest.raises(Refuses):
        Opened(document(LICENCE, BASIC, signer), wrong)


def test_a_licence_whose_end_was_changed_is_not_believed(signer: Signer):
    said = json.loads(document(LICENCE, BASIC, signer))
    said["rights"]["end"] = "2036-12-06T16:59:59Z"
    with pytest.raises(InvalidSignature):
        Opened(json.dumps(said).encode(), "padi menguning di lereng")


def test_control_characters_that_programs_escape_differently_stay_out(signer: Signer):
    assert json.loads(document(LICENCE, BASIC, signer))["encryption"]["user_key"]["text_hint"] == "Sawah “kita” di \\ lereng"


def test_certificates_with_an_elliptic_curve_sign_as_xml_signature_has_it():
    signer = ecdsa_signer()
    signer.check()
    opened = Opened(document(LICENCE, BASIC, signer), "padi menguning di lereng")
    assert opened.said["signature"]["algorithm"].endswith("#ecdsa-sha256")


def test_a_key_that_is_not_that_of_the_certificate_is_told(signer: Signer):
    with pytest.raises(ValueError, match="not that of the certificate"):
        replace(signer, key=ecdsa_signer().key).check()


def test_another_profile_makes_another_key(signer: Signer):
    own = Profile("http://readium.org/lcp/profile-1.0", lambda said: hashlib.sha256(said + b"rahasia").digest())
    said = json.loads(document(LICENCE, own, signer))
    assert said["encryption"]["profile"] == "http://readium.org/lcp/profile-1.0"
    with pytest.raises(Refuses, match="profile"):
        Opened(document(LICENCE, own, signer), "padi menguning di lereng")


def test_the_canonical_form_is_that_of_the_specification():
    """The example of section 5.3.1; the names of the link in its list are put in order, which the rule asks for and the example left."""
    told = {
        "user": {"id": "d9f298a7-7f34-49e7-8aae-4378ecb1d597"},
        "links": [{"rel": "hint", "href": "https://www.imaginaryebookretailer.com/lcp/hint", "type": "text/html"}],
        "id": "ef15e740-697f-11e3-949a-0800200c9a66",
    }
    assert canonical(told).decode() == (
        '{"id":"ef15e740-697f-11e3-949a-0800200c9a66",'
        '"links":[{"href":"https://www.imaginaryebookretailer.com/lcp/hint","rel":"hint","type":"text/html"}],'
        '"user":{"id":"d9f298a7-7f34-49e7-8aae-4378ecb1d597"}}'
    )
    assert canonical({"b": 'a\\u"', "A": "é"}).decode() == '{"A":"é","b":"a\\\\u\\""}'


@given(st.dictionaries(st.text(), st.text() | st.integers()))
def test_the_canonical_form_loses_nothing(told: dict[str, str | int]):
    assert json.loads(canonical(told)) == told


@given(st.binary(min_size=32, max_size=32), st.binary())
def test_what_is_locked_is_unlocked_and_never_locked_alike_twice(key: bytes, content: bytes):
    assert unlock(key, lock(key, content)) == content
    assert lock(key, content) != lock(key, content)
