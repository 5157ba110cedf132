"""Parts keep their host when they come from Koha: the item (773 $9), the record ($0), the control number ($w)."""

from datetime import UTC, datetime

import pytest

from lumbung.catalogue.domain.items import remove_item
from lumbung.catalogue.domain.records import remove_record
from lumbung.catalogue.models import BoundTitle, Item, Record
from lumbung.formats import marc
from lumbung.formats.marc import Field
from lumbung.kernel import clock
from lumbung.moving.domain import undoing
from lumbung.moving.models import Origin
from lumbung.moving.tests.test_koha import TABLES, archive, dump, record

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


def article(number: int, title: str, *host: tuple[str, str]) -> dict[str, object]:
    """A row of ``biblio_metadata`` whose record is part of another."""
    made = record(number, title)
    made.fields.append(Field("773", "0", " ", list(host)))
    text = marc.COLLECTION_START + marc.to_marcxml(made) + marc.COLLECTION_END
    return {"id": number, "biblionumber": number, "format": "marcxml", "metadata": text}


@pytest.fixture
def parts(moved):
    """``parts(row, …)``: the library of Koha with these records besides, moved in."""
    return lambda *rows: moved(dump(biblio_metadata=[*TABLES["biblio_metadata"][:2], *rows]), source="koha", branch="PUSAT")


def host_of(title: str) -> list[tuple[str, str]]:
    return Record.objects.get(title=title).marc_record.all("773")[0].subfields


def test_a_part_of_a_copy_is_bound_into_it_and_whoever_wants_it_is_given_the_copy(parts):
    move = parts(article(20, "Negeri di timur", ("9", "11"), ("g", "hlm. 3-9")))
    part = Record.objects.get(title="Negeri di timur")
    copy = Item.objects.holding([part.pk]).get()
    assert (copy.barcode, copy.is_bound, copy.record.title) == ("39999000011", True, "Laskar pelangi")
    assert host_of("Negeri di timur") == [
        ("9", "11"),
        ("g", "hlm. 3-9"),
        ("w", "(KOHA)1"),
        ("t", "Laskar pelangi"),
    ]
    rows = {each["entity"]: each for each in move.proof["rows"]}
    assert (rows["bound"]["source"], rows["bound"]["arrived"], move.proof["whole"]) == (1, 1, True)
    assert {each["entity"]: each["compared"] for each in move.proof["spots"]}["bound"] == 1


@pytest.mark.parametrize(
    "host",
    [[("0", "1")], [("w", "1")], [("w", "(IDPNB) 1")], [("t", "Laskar pelangi"), ("w", "1")]],
    ids=["0", "w", "org", "t"],
)
def test_a_host_named_by_its_number_is_named_by_the_number_it_has_here(parts, host):
    parts(article(20, "Negeri di timur", *host))
    told = host_of("Negeri di timur")
    assert [value for code, value in told if code == "w"][-1] == "(KOHA)1"
    assert [value for code, value in told if code == "t"] == ["Laskar pelangi"]
    assert BoundTitle.objects.count() == 0


def test_a_host_is_found_by_its_control_number_where_that_is_another_than_kohas(parts):
    other = record(30, "Majalah sastra")
    other.fields[0] = Field("001", value="0010-00917")
    text = marc.COLLECTION_START + marc.to_marcxml(other) + marc.COLLECTION_END
    host = {"id": 30, "biblionumber": 30, "format": "marcxml", "metadata": text}
    parts(host, article(20, "Negeri di timur", ("t", "Majalah"), ("w", "0010-00917")))
    assert host_of("Negeri di timur") == [("t", "Majalah"), ("w", "0010-00917"), ("w", "(KOHA)30")]


def test_a_host_that_is_nowhere_stays_as_it_was_written(parts):
    parts(article(20, "Negeri di timur", ("t", "Jurnal jauh"), ("w", "404")))
    assert host_of("Negeri di timur") == [("t", "Jurnal jauh"), ("w", "404")]


def test_a_copy_that_is_not_there_and_a_title_in_its_own_copy_are_told(parts):
    move = parts(article(20, "Negeri di timur", ("9", "404"), ("9", "14")), article(99, "Kumpulan", ("9", "14")))
    told = move.findings.filter(entity="bound", refused=True, rehearsal=False).values_list("source_id", "code")
    assert sorted(told) == [("20/404", "copy_missing"), ("99/14", "title_of_the_copy")]
    assert BoundTitle.objects.get().record.title == "Negeri di timur"
    assert move.proof["whole"] is True


def test_a_copy_or_a_title_that_was_removed_here_meanwhile_is_told_and_the_others_come_in(parts):
    volume, part = article(99, "Kumpulan"), article(20, "Negeri di timur")
    parts(volume, part)
    remove_item(Item.objects.get(barcode="39999000014"), by=None)
    remove_record(Record.objects.get(title="Negeri di timur"), by=None)
    bound = [article(20, "Negeri di timur", ("9", "12")), article(21, "Negeri di barat", ("9", "14"), ("9", "13"))]
    move = parts(volume, *bound)
    told = move.findings.filter(entity="bound", refused=True).order_by("rehearsal", "source_id")
    assert list(told.values_list("rehearsal", "source_id", "code")) == [
        (False, "20/12", "title_missing"), (False, "21/14", "copy_missing"),
        (True, "20/12", "title_missing"), (True, "21/14", "copy_missing"),
    ]  # fmt: skip
    assert [(each.record.title, each.item.barcode) for each in BoundTitle.objects.all()] == [("Negeri di barat", "39999000013")]


def test_a_second_run_binds_nothing_twice_and_undoing_takes_all_apart(parts):
    rows = [article(20, "Negeri di timur", ("9", "11"))]
    first, second = parts(*rows), parts(*rows)
    assert (BoundTitle.objects.count(), second.counts["move"]["bound"]) == (1, {"read": 1, "same": 1})
    undoing.undo(second, by=None)
    undoing.undo(first, by=None)
    assert [kind.objects.count() for kind in (BoundTitle, Item, Record, Origin)] == [0, 0, 0, 0]


def test_a_file_of_marc_names_hosts_as_well(moved):
    part = record(20, "Negeri di timur")
    part.fields.append(Field("773", "0", " ", [("9", "11")]))
    move = moved(archive(more=marc.to_iso2709(part)), source="koha")
    assert BoundTitle.objects.get().item.barcode == "39999000011"
    assert move.proof["whole"] is True
