"""Our own compiler of catalogues against the reader that will read them: Python's gettext."""

import gettext
from pathlib import Path

import pytest
from babel.messages import Catalog

from lumbung.project.translations import compile_catalogue
from tools.translations import said_otherwise

CATALOGUE = r"""# The English of the screen.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: here.html
msgid "Selamat datang"
msgstr "Welcome"

msgid ""
"Baris satu\n"
"baris \"dua\""
msgstr ""
"Line one\n"
"line “two”"

#, python-format
msgid "%(n)s buku"
msgid_plural "%(n)s buku-buku"
msgstr[0] "%(n)s book"
msgstr[1] "%(n)s books"

msgctxt "hari"
msgid "Minggu"
msgstr "Sunday"

msgctxt "lama"
msgid "Minggu"
msgstr "Week"

#, fuzzy
msgid "Belum pasti"
msgstr "Not sure"

msgid "Belum diterjemahkan"
msgstr ""
"""


@pytest.fixture
def english(tmp_path: Path) -> gettext.GNUTranslations:
    source = tmp_path / "django.po"
    source.write_text(CATALOGUE, encoding="utf-8")
    with compile_catalogue(source).open("rb") as file:
        return gettext.GNUTranslations(file)


def test_plain_sentences_and_continued_lines(english: gettext.GNUTranslations):
    assert english.gettext("Selamat datang") == "Welcome"
    assert english.gettext('Baris satu\nbaris "dua"') == "Line one\nline “two”"


def test_plurals(english: gettext.GNUTranslations):
    assert [english.ngettext("%(n)s buku", "%(n)s buku-buku", n) for n in (1, 2)] == ["%(n)s book", "%(n)s books"]


def test_contexts(english: gettext.GNUTranslations):
    assert [english.pgettext(context, "Minggu") for context in ("hari", "lama")] == ["Sunday", "Week"]


def test_what_is_not_settled_stays_indonesian(english: gettext.GNUTranslations):
    assert english.gettext("Belum pasti") == "Belum pasti"
    assert english.gettext("Belum diterjemahkan") == "Belum diterjemahkan"


def test_a_line_that_is_no_catalogue_is_named(tmp_path: Path):
    source = tmp_path / "django.po"
    source.write_text('msgid "a"\nmsgstr broken\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"django\.po: broken"):
        compile_catalogue(source)


def test_two_parts_say_a_sentence_in_one_english_or_tell_theirs_apart():
    ours, theirs = Catalog(locale="en"), Catalog(locale="en")
    for catalogue, english in ((ours, "Lost"), (theirs, "Missing")):
        catalogue.add("Hilang", english)
        catalogue.add("Ditemukan", "Found")
        catalogue.add("Hilang", english, context=english)
        catalogue.add(("%(n)s buku", "%(n)s buku"), ("%(n)s book", f"%(n)s books {english}"))
    assert list(said_otherwise({"catalogue": ours, "digital": theirs})) == [
        "dua bahasa Inggris (two Englishes): 'Hilang': catalogue 'Lost', digital 'Missing'",
        (
            "dua bahasa Inggris (two Englishes): '%(n)s buku / %(n)s buku': "
            "catalogue '%(n)s book / %(n)s books Lost', digital '%(n)s book / %(n)s books Missing'"
        ),
    ]
