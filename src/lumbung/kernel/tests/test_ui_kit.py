"""The ui kit: refusals become pages once, DELETE from plain forms, headers, language, words for days."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

import lumbung
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refusal, Refused
from lumbung.kernel.ui import access, covers, navigation, slots, words
from lumbung.kernel.ui.own_pages import own_page

LENT = Refusal("already_lent", "%(title)s sedang dipinjam.")
LATE = Refusal("has_overdue_loans", "Ada %(count)d pinjaman terlambat.")


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused([LENT(title="Bumi Manusia"), LATE(count=2)])


def method(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.method)


@access.needs("ui_kit.look")
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("terlihat")


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    return HttpResponse("dikerjakan")


urlpatterns = [
    path("refuse", refuse),
    path("act", act),
    path("method", method),
    path("guarded", guarded),
    path("accounts/login/", method, name="account_login"),
    path("", include(([path("chat", method, name="chat")], "messaging"))),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_refusal_without_a_page_to_go_back_to_tells_every_reason(client: Client) -> None:
    page = client.post("/refuse")
    assert page.status_code == 409
    assert "<li>Bumi Manusia sedang dipinjam.</li><li>Ada 2 pinjaman terlambat.</li>" in page.text


def test_a_refused_form_goes_back_to_its_page_with_every_reason(client: Client) -> None:
    page = client.post("/refuse", headers={"Referer": "http://testserver/my"})
    assert (page.status_code, page["Location"]) == (302, "/my")
    assert [str(each) for each in page.wsgi_request._messages] == ["Bumi Manusia sedang dipinjam.", "Ada 2 pinjaman terlambat."]


def test_a_refused_form_never_goes_to_another_site(client: Client) -> None:
    assert client.post("/refuse", headers={"Referer": "https://elsewhere.example/"}).status_code == 409


def test_htmx_gets_the_reasons_alone(client: Client) -> None:
    page = client.post("/refuse", headers={"HX-Request": "true"})
    assert page.status_code == 409
    assert "<html" not in page.text
    assert "Bumi Manusia sedang dipinjam." in page.text


def test_whoever_opens_the_address_of_an_act_is_told_so_and_led_on(client: Client) -> None:
    page = client.get("/act", headers={"Accept": "text/html,*/*;q=0.8", "Referer": "http://testserver/chat"})
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Alamat ini hanya menerima isian" in page.text
    assert '<a class="button main" href="/chat">Kembali ke halaman tadi</a>' in page.text

    client.cookies["django_language"] = "en"
    english = client.get("/act", headers={"Accept": "text/html", "Referer": "https://elsewhere.example/x"})
    assert "This address only takes what a form sends" in english.text
    assert "elsewhere.example" not in english.text
    assert '<a class="button main" href="/">' in english.text


def test_programs_that_use_a_wrong_method_get_no_page(client: Client) -> None:
    assert client.get("/act", headers={"Accept": "application/json"}).content == b""
    assert client.get("/act", headers={"Accept": "text/html", "HX-Request": "true"}).content == b""


def test_a_plain_form_may_say_delete(client: Client) -> None:
    assert client.post("/method", {"_method": "DELETE"}).text == "DELETE"
    assert client.post("/method", {"_method": "TRACE"}).text == "POST"
    assert client.get("/method", {"_method": "DELETE"}).text == "GET"


def test_an_override_without_a_csrf_token_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/method", {"_method": "DELETE"}).status_code == 403


def test_a_form_older_than_the_sign_in_leads_back_to_its_page_and_says_that_nothing_came_of_it() -> None:
    browser = Client(enforce_csrf_checks=True)
    asked = {"Accept": "text/html,*/*;q=0.8", "Referer": "http://testserver/chat"}
    page = browser.post("/method", headers=asked)
    assert (page.status_code, '<a class="button main" href="/chat">' in page.text) == (403, True)
    assert "/elsewhere" not in browser.post("/method", headers=asked | {"Referer": "https://x.example/elsewhere"}).text

    part = browser.post("/method", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Refresh"]) == (204, "true")
    assert ["belum tercatat" in str(each) for each in part.wsgi_request._messages] == [True]

    told = browser.post("/method", headers={"Accept": "*/*"})
    assert (told.status_code, told["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert told.text.startswith("Halaman tadi sudah kedaluwarsa")


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    page = client.get("/guarded?a=1")
    assert (page.status_code, page["Location"]) == (302, "/accounts/login/?next=/guarded%3Fa%3D1")


def test_who_sent_a_form_after_the_session_ended_comes_back_to_its_page(client: Client) -> None:
    sign_in = "/accounts/login/?next="
    sent = client.post("/guarded", headers={"referer": "http://testserver/form?a=1"})
    swapped = client.post("/guarded", headers={"hx-request": "true", "hx-current-url": "http://testserver/desk?member=7"})
    assert (sent["Location"], swapped["HX-Redirect"]) == (f"{sign_in}/form%3Fa%3D1", f"{sign_in}/desk%3Fmember%3D7")
    assert client.post("/guarded", headers={"referer": "https://elsewhere.example/form"})["Location"] == sign_in
    told = [str(each) for each in sent.wsgi_request._messages]
    assert told == ["Anda perlu masuk lagi. Yang terakhir Anda kirim belum tercatat: ulangi setelah masuk."]


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/desk?member=7", "/desk?member=7"),
        ("http://testserver/desk", "/desk"),
        ("desk", "/desk"),
        ("", ""),
        ("//elsewhere.example", ""),
        ("https://elsewhere.example/desk", ""),
        ("javascript:alert(1)", ""),
        ("http://testserver//elsewhere.example", "/elsewhere.example"),
        ("/\\elsewhere.example", ""),
    ],
)
def test_only_pages_of_this_site_are_gone_back_to(rf: RequestFactory, address: str, page: str) -> None:
    assert own_page(rf.get("/"), address) == page


def test_every_answer_forbids_scripts_and_styles_that_are_not_files(client: Client) -> None:
    policy = client.get("/method")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_menu_shows_what_the_user_may_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_labels", {"desk": "Sirkulasi", "system": "Sistem"})
    monkeypatch.setattr(navigation, "may", lambda user, permission: permission == "circulation.lend")
    monkeypatch.setattr(navigation, "_address", lambda url_name: f"/{url_name}/")
    navigation.add("system", "Jurnal", "journal", "kernel.journal")
    navigation.add("desk", "Meja", "desk", "circulation.lend")
    sections = navigation.menu(AnonymousUser(), "/")
    assert [(section.label, [entry.label for entry in section.entries]) for section in sections] == [("Sirkulasi", ["Meja"])]


def test_a_page_elsewhere_stands_under_the_entry_that_it_belongs_to(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_beside", {})
    monkeypatch.setattr(navigation, "_labels", {"collection": "Koleksi"})
    monkeypatch.setattr(navigation, "_address", lambda url_name: f"/staff/{url_name}/")
    navigation.add("collection", "Judul", "records", "catalogue.see")
    navigation.add("collection", "Rusak", "repairs", "catalogue.see")
    navigation.stands_under("records", "/staff/items")
    paths = ("/staff/records/", "/staff/items/7", "/staff/itemsale", "/staff/repairs/1")
    assert [str(entry.label) if (entry := navigation.entry_at(path)) else None for path in paths] == [
        "Judul",
        "Judul",
        None,
        "Rusak",
    ]


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/staff/loans", "Pinjaman"),
        ("/staff/loans/7", "Pinjaman"),
        ("/staff/loans/overdue", "Terlambat"),
        ("/staff/loansome", None),
        ("/staff/", None),
    ],
)
def test_the_menu_knows_under_which_entry_a_page_stands(path: str, here: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_labels", {"desk": "Sirkulasi", "system": "Sistem"})
    monkeypatch.setattr(navigation, "may", lambda user, permission: True)
    monkeypatch.setattr(navigation, "_address", lambda url_name: f"/staff/{url_name}")
    navigation.add("desk", "Pinjaman", "loans", "loans")
    navigation.add("desk", "Terlambat", "loans/overdue", "loans")
    navigation.add("system", "Jurnal", "journal", "journal")
    sections = navigation.menu(AnonymousUser(), path)
    assert [section.here and section.here.label for section in sections] == [here, None]


def test_a_menu_section_nobody_declared_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add("cellar", "Gudang", "x", "y")
    with pytest.raises(KeyError, match="cellar"):
        navigation.menu(AnonymousUser(), "/")


def test_a_slot_draws_its_panels_in_order_and_refuses_the_same_name_twice(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "_panels", {})
    slots.fill("member.page", "b", lambda request, **context: f"b{context['member']}")
    slots.fill("member.page", "a", lambda request, **context: "a")
    slots.fill("member.page", "first", lambda request, **context: "1", order=1)
    assert slots.render("member.page", rf.get("/"), member=7) == "1ab7"
    assert slots.render("empty.place", rf.get("/")) == ""
    with pytest.raises(ValueError, match="already has a panel called a"):
        slots.fill("member.page", "a", lambda request, **context: "")


MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 09.00 WIB


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2026, 11, 23, 16, 59, tzinfo=UTC), ("due", "Hari ini")),
        (datetime(2026, 11, 24, 16, 59, tzinfo=UTC), ("due", "Besok")),
        (datetime(2026, 12, 7, 16, 59, tzinfo=UTC), ("ok", "Sen 7 Des")),
        (datetime(2027, 1, 4, 16, 59, tzinfo=UTC), ("ok", "Sen 4 Jan 2027")),
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), ("late", "Terlambat 3 hari")),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), ("late", "Terlambat 1 hari")),
    ],
)
def test_due_dates_are_told_as_people_say_them(due: datetime, said: tuple[str, str]) -> None:
    with clock.stopped_at(MORNING), timezone.override("Asia/Jayapura"), translation.override("id"):
        assert words.due(due.astimezone(ZoneInfo("Asia/Jakarta"))) == said


def test_numbers_are_grouped_as_in_the_language_of_the_page() -> None:
    with translation.override("id"):
        assert (words.number(1284), words.number(0.02, 2), words.number(None)) == ("1.284", "0,02", "")
    with translation.override("en"):
        assert words.number(1284) == "1,284"


def test_a_mononym_has_one_initial() -> None:
    assert [words.initials(name) for name in ("Sukarno", "Ni Made Ani Saraswati", "", "'Aisyah")] == ["S", "NS", "?", "?"]


def test_a_cover_is_coloured_by_its_hundred_and_never_trusts_its_words() -> None:
    assert [covers.hundred(each) for each in ("899.221 3", "2X4.1", "", "FIC")] == ["8", "2", "x", "x"]
    assert covers.drawn("<b>R&D : tanya", "Sugiyono", "001.42") == (
        '<span class="cover ddc0 look2" aria-hidden="true"><b>&lt;b&gt;R&amp;D</b><i>Sugiyono</i></span>'
    )


def test_no_page_tells_the_time_of_day_the_way_of_one_language_alone() -> None:
    """With or without the day before it; a format that is called by its name is written in both languages (``project.formats``)."""
    files = [file for kind in ("html", "txt", "py") for file in Path(lumbung.__file__).parent.rglob(f"*.{kind}")]
    texts = [file for file in files if "tests" not in file.parts and (file.suffix == ".py" or "templates" in file.parts)]
    told = re.compile(r'(?:\|date:|\|time:|date_format\([^\n"]*)"(?!\w*_FORMAT")[^"\n]*[GHghP][^"\n]*"')
    assert [text.name for text in texts if told.search(text.read_text(encoding="utf-8"))] == []
