"""Lists chosen by librarians: made, filled, put in order, shown to all, removed and brought back."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import set_suppressed
from lumbung.discovery.domain.curating import (
    make_curated_list,
    move_title,
    note_title,
    put_title,
    remove_curated_list,
    take_title,
)
from lumbung.discovery.models import CuratedList
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def sastra(sari) -> CuratedList:
    made = make_curated_list(title=" Sastra untuk liburan ", intro="Dibaca di kereta.", published=True, by=sari)
    for title in ("Bumi manusia", "Laskar pelangi", "Cantik itu luka"):
        put_title(made, catalogued(title), note=f"Tentang {title}", by=sari)
    return made


def order(curated: CuratedList) -> list[str]:
    return [each.note.removeprefix("Tentang ") for each in curated.titles.all()]


def test_readers_see_a_published_list_in_its_order_at_home_and_on_its_page(client: Client, sastra: CuratedList, sari) -> None:
    assert "Sastra untuk liburan" in client.get("/").text
    assert "Sastra untuk liburan" in client.get("/picks").text
    set_suppressed(sastra.titles.first().record, True, by=sari)
    page = client.get(f"/picks/{sastra.pk}").text
    assert "Bumi manusia" not in page
    assert page.index("Tentang Laskar pelangi") < page.index("Tentang Cantik itu luka")


def test_a_draft_and_a_list_out_of_its_days_are_not_there_for_readers(client: Client, sari) -> None:
    draft = make_curated_list(title="Draf", by=sari)
    past = make_curated_list(title="Lalu", published=True, until_day=date(2026, 11, 22), by=sari)
    today = make_curated_list(title="Kini", published=True, from_day=date(2026, 11, 23), until_day=date(2026, 11, 23), by=sari)
    with clock.stopped_at(NOON):
        assert [client.get(f"/picks/{each.pk}").status_code for each in (draft, past, today)] == [404, 404, 200]


def test_an_empty_title_and_an_end_before_the_beginning_are_refused_together(sari) -> None:
    with pytest.raises(Refused) as refused:
        make_curated_list(title=" ", from_day=date(2026, 2, 1), until_day=date(2026, 1, 1), by=sari)
    assert [reason.code for reason in refused.value.reasons] == ["name_empty", "ends_before_it_begins"]


def test_a_title_stands_once_in_a_list(sastra: CuratedList, sari) -> None:
    with pytest.raises(Refused) as refused:
        put_title(sastra, sastra.titles.first().record, by=sari)
    assert [str(reason) for reason in refused.value.reasons] == ["“Bumi manusia” sudah ada di daftar ini."]


def test_sari_makes_fills_and_orders_a_list_without_scripts(client: Client, signed_in, sari, indexed) -> None:
    catalogued("Bumi manusia"), catalogued("Laskar pelangi")
    indexed()
    signed_in(client, sari)
    made = client.post("/staff/picks/", {"title": "Sastra"})
    here = made["Location"]
    for words in ("bumi", "laskar"):
        page = client.get(f"{here}?q={words}")
        [row] = page.context["offered"]
        client.post(f"{here}/titles", {"record": row.pk, "note": f"Tentang {row.title}"})
    curated = CuratedList.objects.get()
    first, second = curated.titles.all()
    client.post(f"{here}/titles/{second.pk}", {"up": "1"})
    assert order(curated) == ["Laskar pelangi", "Bumi manusia"]
    client.post(f"{here}/titles/{second.pk}", {"up": "1"})
    assert order(curated) == ["Laskar pelangi", "Bumi manusia"]
    client.post(f"{here}/titles/{second.pk}", {"take": "1"})
    undo = client.get(here).context["undo"]
    client.post(f"{here}/titles", {name: undo[name] for name in ("record", "place", "note")})
    assert order(curated) == ["Laskar pelangi", "Bumi manusia"]
    client.post(f"{here}/titles/{first.pk}", {"note": "Tentang kita"})
    assert order(curated) == ["Laskar pelangi", "kita"]
    client.post(here, {"title": "Sastra kita", "intro": "", "published": "on"})
    assert CuratedList.objects.get().published
    client.post(f"{here}/removal")
    assert client.get(here).status_code == 404
    assert "Baru saja dihapus" in client.get("/staff/picks/").text
    client.post(f"{here}/restoration")
    assert client.get(here).status_code == 200
    assert [entry.name for entry in JournalEntry.objects.filter(name__startswith="Curated").order_by("pk")] == [
        "CuratedListMade",
        "CuratedTitlePut",
        "CuratedTitlePut",
        "CuratedTitleMoved",
        "CuratedTitleTaken",
        "CuratedTitlePut",
        "CuratedTitleNoted",
        "CuratedListChanged",
        "CuratedListRemoved",
        "CuratedListRestored",
    ]


def test_members_may_not_curate(client: Client, signed_in, ani, sastra: CuratedList) -> None:
    assert client.get("/staff/picks/").status_code == 302
    signed_in(client, ani.user)
    for path in ("", f"{sastra.pk}"):
        assert client.get(f"/staff/picks/{path}").status_code == 403
    assert client.post(f"/staff/picks/{sastra.pk}/removal").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_a_fixed_number_of_statements(client: Client, sari, rows, django_assert_num_queries) -> None:
    for number in range(rows):
        made = make_curated_list(title=f"Daftar {number}", published=True, by=sari)
        for each in range(rows):
            put_title(made, catalogued(f"Judul {number} {each}"), by=sari)
    remove_curated_list(make_curated_list(title="Lalu", published=True, by=sari), by=sari)
    client.get("/picks")
    with django_assert_num_queries(4):
        client.get("/picks")
    with django_assert_num_queries(3):
        client.get(f"/picks/{made.pk}")


def test_what_a_colleague_took_out_meanwhile_is_neither_moved_nor_noted_nor_taken_again(sastra: CuratedList, sari) -> None:
    chosen = sastra.titles.all()[1]
    take_title(chosen, by=sari)
    move_title(chosen, up=True, by=sari)
    note_title(chosen, "Lain", by=sari)
    take_title(chosen, by=sari)
    assert order(sastra) == ["Bumi manusia", "Cantik itu luka"]
    said = JournalEntry.objects.filter(name__startswith="CuratedTitle").exclude(name="CuratedTitlePut")
    assert [entry.name for entry in said] == ["CuratedTitleTaken"]
