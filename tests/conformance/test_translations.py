"""Our own compiler of catalogues against the reader that will read them: Python's gettext."""

import gettext
from pathlib import Path

import pytest
from babel.messages import Catalog

from lumbung.project.translations import compile_catalogue
from tools.translations import bring_up_to_date, said_otherwise

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


AS_PEOPLE_WROTE_IT = """# The English of the screen.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

#, python-format
msgid "%(n)s hari"
msgid_plural "%(n)s hari"
msgstr[0] "%(n)s day"
msgstr[1] "%(n)s days"

#: elsewhere.py
msgid "Anggota"
msgstr "Member"

msgid "Zamrud"
msgstr "Emerald"

#: here.html there.html
msgid "Buku yang dicari seseorang pada suatu pagi yang panjang, ditulis pada satu baris, tidak dilipat sesudah seratus dua puluh huruf"
msgstr "A book"

msgid "Bulan"
msgstr "Month"
"""
LONG = "Buku yang dicari seseorang pada suatu pagi yang panjang, ditulis pada satu baris, tidak dilipat sesudah seratus dua puluh huruf"


def sentences(*more: object) -> Catalog:
    said = Catalog(locale="en")
    for each in ("Anggota", "Zamrud", LONG, "Bulan", ("%(n)s hari", "%(n)s hari"), *more):
        said.add(each, locations=[("now.py", 0)])
    return said


def test_bringing_a_catalogue_up_to_date_with_nothing_new_changes_nothing(tmp_path: Path):
    file = tmp_path / "django.po"
    file.write_text(AS_PEOPLE_WROTE_IT, encoding="utf-8")
    bring_up_to_date(file, sentences())
    assert file.read_text(encoding="utf-8") == AS_PEOPLE_WROTE_IT


def test_a_new_sentence_comes_to_its_place_and_one_no_longer_used_goes_and_nothing_else_moves(tmp_path: Path):
    file = tmp_path / "django.po"
    old = 'msgid "Usang"\nmsgstr "Stale"\n'
    file.write_text(f"{AS_PEOPLE_WROTE_IT}\n{old}", encoding="utf-8")
    bring_up_to_date(file, sentences("Cari", ("%(n)s bulan", "%(n)s bulan")))
    first, second = '#: now.py\nmsgid "Cari"\nmsgstr ""\n', '#: now.py\n#, python-format\nmsgid "%(n)s bulan"\n'
    written = file.read_text(encoding="utf-8")
    assert written.index(second) < written.index('msgid "%(n)s hari"')
    assert written.endswith(f'msgid "Bulan"\nmsgstr "Month"\n\n{first}')
    bring_up_to_date(file, sentences())
    assert file.read_text(encoding="utf-8") == AS_PEOPLE_WROTE_IT


def test_a_part_without_a_catalogue_gets_one_in_order(tmp_path: Path):
    file = tmp_path / "en" / "django.po"
    bring_up_to_date(file, sentences())
    written = file.read_text(encoding="utf-8")
    assert written.startswith('# The English of the screen.\nmsgid ""\n')
    assert [line for line in written.splitlines() if line.startswith("msgid ")][1:] == [
        'msgid "%(n)s hari"', 'msgid "Anggota"', 'msgid ""', 'msgid "Bulan"', 'msgid "Zamrud"',
    ]  # fmt: skip
    bring_up_to_date(file, sentences())
    assert file.read_text(encoding="utf-8") == written
