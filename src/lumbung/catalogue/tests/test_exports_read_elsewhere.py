"""What leaves is read by programs of others: MARC by pymarc and mrrc, and every form holds the chosen titles and no other."""

import csv
import io
import json

import mrrc
import pymarc
import pytest

from lumbung.catalogue.domain.exports import FORMS, RecordSelection, Told
from lumbung.catalogue.domain.name_entry import entered
from lumbung.catalogue.models import NameRule
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.formats.marc import Field

pytestmark = pytest.mark.django_db
NAME = entered("Prof. Dr. Siti Aminah, M.Pd.", NameRule(order="last"))


@pytest.fixture
def shelf():
    """A title with everything that could break on the way, one more, and one that is not chosen."""
    rich = a_record(
        "Al-Qur\u2019an & ilmu \u0642\u0631\u0622\u0646 <b>",
        Field("082", "0", "4", [("a", "2X1.3"), ("2", "23")]),
        Field("100", "1", " ", [("a", f"{NAME.heading},"), ("c", NAME.titles), ("0", "(ID-Ju)n42")]),
        Field("500", " ", " ", [("a", "$ dolar {dollar}, tanda | dan \u00e9\u0300")]),
        Field("651", " ", "4", [("a", "Jakarta"), ("x", "Peta")]),
        Field("999", "x", "9", [("z", "setempat")]),
    )
    an_item(rich, barcode="0007")
    return [rich, a_record("Padi"), a_record("Bukan ini")]


def written(form, *records):
    lines = [str(each.pk) for each in records]
    chosen = RecordSelection(lines=lines, lines_are="record") if lines else RecordSelection()
    return b"".join(FORMS[form].write(chosen.records(), Told()))


def ours(record):
    return [(each.tag, each.value or [tuple(sub) for sub in each.subfields]) for each in record.marc_record.fields]


def subfields_of(field):
    """pymarc has a list, mrrc a method."""
    return field.subfields() if callable(field.subfields) else field.subfields


def theirs(record):
    """The same of a record of either library, without our copies."""
    return [
        (each.tag, each.data if each.is_control_field() else [(sub.code, sub.value) for sub in subfields_of(each)])
        for each in record.get_fields()
        if each.tag != "952"
    ]


def by_pymarc(form, data):
    if form == "marcxml":
        return pymarc.parse_xml_to_array(io.BytesIO(data))
    return list(pymarc.MARCReader(io.BytesIO(data), to_unicode=True, utf8_handling="strict"))


def by_mrrc(form, data):
    if form == "marcxml":
        return mrrc.xml_to_records(data.decode())
    return list(mrrc.MARCReader(io.BytesIO(data), recovery_mode="strict"))


@pytest.mark.parametrize("form", ["iso2709", "marcxml"])
@pytest.mark.parametrize("read", [by_pymarc, by_mrrc])
@pytest.mark.parametrize("whole", [True, False])
def test_marc_says_to_others_what_it_says_here(shelf, form, read, whole):
    wanted = shelf if whole else shelf[:2]
    found = read(form, written(form, *([] if whole else wanted)))
    assert [sorted(theirs(each), key=str) for each in found] == [sorted(ours(each), key=str) for each in wanted]
    copies = found[0].get_fields("952")
    assert [sub.value for field in copies for sub in subfields_of(field) if sub.code == "p"] == ["0007"]


@pytest.mark.parametrize("form", [form for form in FORMS if not form.endswith("xlsx")])
def test_every_form_holds_the_chosen_titles_and_no_other(shelf, form):
    text = written(form, *shelf[:2]).decode("utf-8-sig")
    assert ("Padi" in text or "copies" in form, "Bukan ini" in text) == (True, False)
    assert "Bukan ini" in written(form).decode("utf-8-sig") or "copies" in form


def test_tables_and_citations_keep_letters_of_every_script(shelf):
    title = shelf[0].title
    assert title in [cell for row in csv.reader(io.StringIO(written("csv", shelf[0]).decode("utf-8-sig"))) for cell in row]
    [cited] = json.loads(written("csl", shelf[0]))
    assert (cited["title"], cited["author"]) == (title, [{"family": "Aminah", "given": "Siti"}])
    assert f"TI  - {title}" in written("ris", shelf[0]).decode()
