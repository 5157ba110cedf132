"""Control numbers longer than the catalogue keeps: two that begin alike are two, and each finds its own title."""

import pytest

from lumbung.catalogue.domain.imports import Rule
from lumbung.catalogue.models import Identifier, Record
from lumbung.catalogue.tests.factories import an_import, marc_of
from lumbung.catalogue.tests.test_import_holdings import STATED, holdings, said
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc

pytestmark = pytest.mark.django_db
ADDRESS = "https://repositori.kampus.example/" + "koleksi/" * 20


def numbered(title: str, number: str) -> Marc:
    made = marc_of(title, control_number=number)
    made.fields.insert(1, Field("003", value="ID-Ju"))
    return made


@pytest.mark.parametrize("rule", [Rule.SKIP, Rule.OVERLAY, Rule.MERGE])
def test_two_titles_whose_numbers_differ_at_the_end_alone_both_come_in_and_are_known_again(rule):
    file = [numbered("Satu", f"{ADDRESS}1"), numbered("Dua", f"{ADDRESS}2")]
    an_import(file, duplicates=rule)
    assert list(Record.objects.order_by("pk").values_list("title", flat=True)) == ["Satu", "Dua"]
    assert an_import(file, duplicates=rule, again=True).records_matched == 2
    assert {len(each) for each in Identifier.objects.values_list("value", flat=True)} == {120}


def test_numbers_of_035_are_told_apart_too():
    file = [marc_of(each, Field("035", subfields=[("a", f"(X){ADDRESS}{each}")])) for each in ("Satu", "Dua")]
    assert an_import(file, duplicates=Rule.SKIP).records_added == 2


@pytest.mark.parametrize("giver", ["ID-Ju", ""])
def test_a_holdings_record_finds_its_title_by_such_a_number(giver):
    titles = [numbered("Satu", f"{ADDRESS}1"), numbered("Dua", f"{ADDRESS}2")]
    file = [*titles, holdings(f"{ADDRESS}2", *STATED, giver=giver)]
    rehearsal, run = an_import(file, dry_run=True), an_import(file)
    assert (rehearsal.holdings_attached, run.holdings_attached) == (1, 1)
    assert [len(said(each)) for each in Record.objects.order_by("pk")] == [0, 1]
