"""The staff pages of words: see the effect, save, follow the index, take back, out and in as a table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.catalogue.models import Record
from lumbung.discovery.domain.word_changes import follow_word_changes
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.search.documents import Query
from lumbung.search.domain.words import add_group
from lumbung.search.models import WordChange, WordGroup
from lumbung.search.queries import find

pytestmark = pytest.mark.django_db
FAMILY = {"kind": "family", "terms": "pantun\nsyair", "note": ""}


@pytest.fixture
def staff(signed_in, sari) -> Client:
    return signed_in(Client(), sari)


@pytest.fixture
def shelf() -> None:
    catalogued("Pantun Melayu")
    catalogued("Syair perahu")
    work_off()


def titles(words: str) -> list[str]:
    keys = find(Query(words)).keys
    return sorted(Record.objects.filter(pk__in=keys).values_list("title", flat=True))


def test_sari_sees_the_effect_before_she_saves(staff, shelf) -> None:
    page = staff.post("/staff/words/new", {**FAMILY, "kind": "synonym", "preview": "1"})
    assert [(each.word, each.before, each.after) for each in page.context["effect"]] == [("pantun", 1, 2), ("syair", 1, 2)]
    assert [row.title for row in page.context["effect"][0].first_after] == ["Pantun Melayu", "Syair perahu"]
    assert not WordGroup.objects.filter(source="staff").exists()
    assert titles("pantun") == ["Pantun Melayu"]


def test_a_saved_synonym_is_found_at_once(staff, shelf) -> None:
    assert staff.post("/staff/words/new", {**FAMILY, "kind": "synonym", "save": "1"}).status_code == 302
    assert titles("pantun") == ["Pantun Melayu", "Syair perahu"]


def test_a_saved_family_is_found_when_the_index_has_followed(staff, shelf) -> None:
    staff.post("/staff/words/new", {**FAMILY, "save": "1"})
    change = WordChange.objects.get(group__gt=0)
    assert not change.followed
    assert "Menunggu giliran mengindeks." in staff.get("/staff/words/").text
    work_off()
    change.refresh_from_db()
    assert (change.followed, change.done, change.titles) == (True, 2, 2)
    assert titles("syair") == ["Pantun Melayu", "Syair perahu"]


def test_an_undone_family_falls_apart_again(staff, shelf) -> None:
    staff.post("/staff/words/new", {**FAMILY, "save": "1"})
    work_off()
    staff.post(f"/staff/words/changes/{WordChange.objects.get(group__gt=0).pk}/undo")
    work_off()
    assert titles("syair") == ["Syair perahu"]


def test_a_word_that_stands_alone_finds_only_itself(staff) -> None:
    catalogued("Pengantar filsafat")
    catalogued("Mengantar surat")
    work_off()
    assert titles("pengantar") == ["Mengantar surat", "Pengantar filsafat"]
    staff.post("/staff/words/new", {"kind": "apart", "terms": "pengantar", "note": "", "save": "1"})
    work_off()
    assert titles("pengantar") == ["Pengantar filsafat"]
    assert titles("antar") == ["Mengantar surat"]


def test_following_twice_does_nothing(shelf) -> None:
    add_group(kind="family", terms=["pantun", "syair"], by=None)
    follow_word_changes()
    follow_word_changes()
    assert not WordChange.objects.filter(followed=False).exists()


def test_what_is_wrong_is_told_on_the_form(staff) -> None:
    page = staff.post("/staff/words/new", {"kind": "family", "terms": "pantun\nsyair perahu", "note": "", "save": "1"})
    assert page.status_code == 422
    assert "lebih dari satu kata" in page.text


def test_sari_switches_off_changes_and_removes(staff) -> None:
    group = add_group(kind="synonym", terms=["gawai", "gadget"], by=None)
    staff.post(f"/staff/words/{group.pk}/use", {"active": "0"})
    staff.post(f"/staff/words/{group.pk}", {"kind": "synonym", "terms": "gawai\nponsel", "note": "usul Ani", "save": "1"})
    group.refresh_from_db()
    assert (group.active, group.terms, group.note) == (False, ["gawai", "ponsel"], "usul Ani")
    staff.post(f"/staff/words/{group.pk}", {"_method": "DELETE"})
    assert not WordGroup.objects.exists()


def test_a_table_is_tried_then_brought_in_and_taken_out_again(staff) -> None:
    add_group(kind="synonym", terms=["gawai", "gadget"], by=None)
    table = "jenis;kata;catatan;dipakai\nSinonim;SIAKAD | sistem informasi akademik;;ya\nsynonym;gadget|gawai;lama;tidak\nfamily;satu;;\n"
    send = {"file": SimpleUploadedFile("kata.csv", table.encode()), "way": "rehearsal"}
    page = staff.post("/staff/words/import", send)
    assert [each.became for each in page.context["outcomes"]] == ["added", "changed", "refused"]
    assert WordGroup.objects.count() == 1
    send = {"file": SimpleUploadedFile("kata.csv", table.encode()), "way": "import"}
    staff.post("/staff/words/import", send)
    out = b"".join(staff.get("/staff/words/table.csv").streaming_content).decode()
    assert out.splitlines()[1:] == ["synonym,gadget | gawai,lama,tidak", "synonym,SIAKAD | sistem informasi akademik,,ya"]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"'])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(staff, content) -> None:
    page = staff.post("/staff/words/import", {"file": SimpleUploadedFile("kata.csv", content), "way": "import"})
    assert page.status_code == 422


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_asks_no_more_of_the_database_with_more_groups(staff, groups, django_assert_num_queries) -> None:
    for number in range(groups):
        add_group(kind="synonym", terms=[f"kata{number}", f"lain{number}"], by=None)
    staff.get("/staff/words/")
    with django_assert_num_queries(6):
        staff.get("/staff/words/")


@pytest.mark.parametrize(
    ("role", "may"), [(Role.MEMBER, False), (Role.CIRCULATION, False), (Role.CATALOGUER, False), (Role.HEAD, True)]
)
def test_only_librarians_and_the_head_see_or_change_what_words_mean(with_role, signed_in, shelf, sari, role, may) -> None:
    group = add_group(kind=WordGroup.Kinds.SYNONYM, terms=["padi", "beras"], by=sari)
    change, before = WordChange.objects.get(group=group.pk), list(WordChange.objects.values_list("pk", flat=True))
    client = signed_in(Client(), with_role(role))
    pages = ["", "new", str(group.pk), "table.csv", "import"]
    assert {client.get(f"/staff/words/{page}").status_code == 200 for page in pages} == {may}
    said = {"kind": "synonym", "terms": "gabah\nbulir", "note": "", "save": "1"}
    assert client.post("/staff/words/new", said).status_code == (302 if may else 403)
    assert client.post(f"/staff/words/{group.pk}/use", {"active": "0"}).status_code == (302 if may else 403)
    assert client.delete(f"/staff/words/{group.pk}").status_code == (302 if may else 403)
    assert (client.post(f"/staff/words/changes/{change.pk}/undo").status_code == 403) != may
    assert (list(WordChange.objects.values_list("pk", flat=True)) == before) != may
