"""Wikis, pages and texts as they are found in the wild: odd, old, nested, in any script; nothing of them is lost without a word."""

import io
import zipfile

import pytest

from lumbung.formats.prose import mediawiki
from lumbung.formats.prose.folders import Folder, path_of
from lumbung.formats.prose.reading import from_html, from_markdown
from lumbung.formats.prose.tests.test_reading import articles_in, wiki, wiki_page

CAPTIONED = """{| class="wikitable"
|+ Jam buka
! Hari !! Jam
|-
| Senin || {{Jam|8}} 8–16
|}"""


def page(title, *revisions, ns="<ns>0</ns>"):
    return f"<page><title>{title}</title>{ns}{''.join(revisions)}</page>"


def revision(text, at="", by=""):
    return f"<revision><timestamp>{at}</timestamp>{by}<text>{text}</text></revision>"


def read(*pages):
    return [(found.title, found.text) for found in articles_in(wiki(*pages))]


@pytest.mark.parametrize(
    ("wikitext", "told"),
    [
        (CAPTIONED, "**Jam buka**\n\n| Hari | Jam |\n| --- | --- |\n| Senin | 8–16 |\n"),
        ("{|\n| a\n|\n{|\n| x\n| y\n|}\n|}", "| a | x; y |\n| --- | --- |\n"),
        ("Lihat [[:Kategori:SOP]], [[#Cara|cara]].[[en:Loan]][[id:Pinjam]]", "Lihat Kategori:SOP, cara.\n"),
        ("<syntaxhighlight lang=python>\nprint(1)\n</syntaxhighlight>", "```\n\nprint(1)\n\n```\n"),
        ("'''ꦱꦲ''' العربية [[Буквы|буквы]]", "**ꦱꦲ** العربية буквы\n"),
    ],
)
def test_what_a_wiki_says_is_said_in_markdown(wikitext, told):
    assert mediawiki.to_markdown(wikitext)[0] == told


def test_what_has_no_counterpart_is_named():
    said = "{{Kotak|a}} [[Berkas:meja.png|jempol]] isi<ref>catatan</ref> <math>x</math> [[Kategori:SOP]]"
    assert mediawiki.to_markdown(said) == ("isi\n", ("Kotak", "Berkas:meja.png", "<ref>", "<math>"))


def test_a_page_nested_beyond_all_sense_is_shown_to_the_letter():
    nested = "{{" * 3000 + "inti" + "}}" * 3000
    text, left_out = mediawiki.to_markdown(nested)
    assert (nested in text, left_out) == (True, (mediawiki.TOO_DEEP,))


def test_the_newest_version_is_the_latest_in_time_and_of_two_without_a_time_the_last():
    new, old = revision("baru", "2024-05-01T00:00:00Z"), revision("lama", "2020-05-01T00:00:00Z")
    assert read(page("A", new, old), page("B", revision("satu"), revision("dua"))) == [("A", "baru\n"), ("B", "dua\n")]


def test_namespaces_redirects_and_withheld_texts_of_old_dumps_are_known():
    site = '<siteinfo><namespaces><namespace key="0"/><namespace key="1">Pembicaraan</namespace></namespaces></siteinfo>'
    redirect = '<page><title>R</title><ns>0</ns><redirect title="A"/><revision><text>isi</text></revision></page>'
    talk, colon = page("Pembicaraan:A", revision("x"), ns=""), page("Catatan: meja", revision("isi"), ns="")
    withheld = (
        '<page><title>X</title><ns>0</ns><revision><contributor deleted="deleted"/><text deleted="deleted"/></revision></page>'
    )
    assert read(site, redirect, talk, colon, withheld) == [("Catatan: meja", "isi\n"), ("X", "\n")]
    anonymous = page("IP", revision("isi", by="<contributor><ip>10.0.0.1</ip></contributor>"))
    [found] = articles_in(wiki(anonymous))
    assert (found.people, found.changed_at) == ((), None)


def test_a_dump_in_another_encoding_is_read():
    said = '<?xml version="1.0" encoding="utf-16"?><mediawiki>' + wiki_page("Ü", "Übung") + "</mediawiki>"
    assert [found.title for found in articles_in(said.encode("utf-16"))] == ["Ü"]


def test_texts_in_the_encodings_and_habits_of_word_processors_are_read():
    assert from_markdown("# Judul\nIsi".encode("utf-16")).text == "Isi\n"
    underlined = from_markdown(b"Judul\n=====\n\nIsi")
    assert (underlined.title, underlined.text) == ("Judul", "Isi\n")
    assert from_markdown(b"---\r\ntitle: A: B\r\n---\r\nIsi\r\n").title == "A: B"
    assert from_html("<title>Café</title><p>naïve".encode("latin-1")).title == "Café"
    table = b"<table><tr><th>A|B<th>C<tr><td>1<br>x<td>2|3</table>"
    assert from_html(table).text == "| A\\|B | C |\n| --- | --- |\n| 1 x | 2\\|3 |\n"
    assert "x" in from_html(b"<div>" * 20_000 + b"x").text


def test_a_damaged_or_locked_member_of_an_archive_costs_itself_alone():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as folder:
        folder.writestr("baik.md", "# Baik\n\nIsi")
        folder.writestr("rusak.md", "# Rusak seluruhnya")
        folder.writestr("terkunci.md", "# Terkunci")
    content = made.getvalue().replace(b"# Rusak seluruhnya", b"# Rusak sekalipun!", 1)
    at = content.rindex(b"PK\x01\x02")
    locked = content[: at + 8] + b"\x01" + content[at + 9 :]
    folder = Folder(io.BytesIO(locked))
    told = [(path_of(each), folder.read(each, 1_000) is None) for each in folder.files]
    assert told == [("baik.md", False), ("rusak.md", True), ("terkunci.md", True)]
