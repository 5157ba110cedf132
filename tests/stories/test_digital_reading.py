"""Reading here: at any hour, on any device, for as many at once as the library owns copies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.tests.factories import a_record
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.queries.offline import provisions
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.desk.models import Conversation
from lumbung.digital.domain.lending import set_lending
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.domain.words import read_words, rebuild
from lumbung.digital.models import ELoan, FileUse, Levels, Mark, Position
from lumbung.digital.tests.books import a_hostile_epub, an_epub
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import LibraryFactory

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
NIGHT = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)  # half past two in the morning in Jakarta


def sign_in(page: Any, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", "rahasia")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/my")


def opened(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("book-reader[data-ready]", state="attached", timeout=30_000)


def barriers(page: Any) -> list[str]:
    """What axe finds to mend on the page, by WCAG 2.2 A and AA."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("standards => axe.run(document, {runOnly: standards})", standards)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


def until(page: Any, truth: str) -> None:
    """Wait until this is true on the page, whose policy lets nothing be evaluated inside it."""
    for _ in range(200):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(truth)


@pytest.fixture
def reader(ani: Member) -> Member:
    """Ani, who signs in by hand."""
    LibraryFactory()
    ani.user.set_password("rahasia")
    ani.user.save()
    return ani


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R012")
@pytest.mark.requirement("R218", missing="memesan ruang dari luar kampus")
def test_ani_reads_a_book_on_her_telephone_and_goes_on_at_the_same_line_on_a_laptop(phone: Any, desktop: Any, reader: Member):
    chapters = [
        f"Awal bab {n}.\n" + "\n".join(f"Kalimat {n}.{k} tentang padi dan lumbung desa." for k in range(90)) for n in (1, 2)
    ]
    file = a_file(a_record("Lumbung desa"), content=an_epub(*chapters), name="buku.epub")
    sign_in(phone, "ani")
    opened(phone, f"/files/{file.pk}/read")
    for _ in range(3):
        with phone.expect_response(
            lambda answer: answer.url.endswith("/reading") and answer.request.method == "POST", timeout=20_000
        ):
            phone.click("[data-next]")
    place = Position.objects.get()
    line = place.locator["text"]["highlight"]
    assert line
    phone.click('[data-open="marks"]')
    phone.fill("#catatan", "Kutip ini di bab dua")
    with phone.expect_response(
        lambda answer: answer.url.endswith("/reading") and answer.request.method == "POST", timeout=20_000
    ):
        phone.click("dialog[open] form button.main")

    sign_in(desktop, "ani")
    opened(desktop, f"/files/{file.pk}/read")
    shown = desktop.evaluate("document.querySelector('book-reader').view.place.range.toString().replace(/\\s+/g, ' ').trim()")
    assert line[:25] in shown
    desktop.click('[data-open="marks"]')
    assert desktop.inner_text("dialog[open] [data-list]").count("Kutip ini di bab dua") == 1
    assert Mark.objects.get().note == "Kutip ini di bab dua"
    assert [use.kind for use in FileUse.objects.all()] == ["FileOpened"] * 2


@pytest.mark.django_db(transaction=True)
def test_the_first_page_stands_before_anything_else_was_asked_for_and_is_sharpened_where_the_screen_shows_more(
    browser: Any, phone: Any, desktop: Any, reader: Member
):
    file = a_file(a_record("Mengeringkan gabah"), content=a_pdf("Gabah dikeringkan", "Gabah disimpan"))
    asked: list[str] = []
    sign_in(phone, "ani")
    phone.on("request", lambda request: asked.append(request.url.partition("/pages/")[2]))
    opened(phone, f"/files/{file.pk}/read")
    phone.wait_for_load_state("networkidle")
    assert [each for each in asked if each.startswith("1.jpg")] == []
    assert phone.evaluate("document.querySelector('.leaf img').naturalWidth") in {720, 721}
    phone.click("[data-next]")
    until(phone, "document.querySelector('.leaf img').currentSrc.includes('pages/2.jpg')")
    phone.click("[data-previous]")
    until(phone, "document.querySelector('.leaf img').currentSrc.includes('pages/1.jpg')")

    opened(desktop, f"/files/{file.pk}/read")
    until(desktop, "document.querySelector('.leaf img').currentSrc.endsWith('pages/1.jpg?w=1080')")

    context = browser.new_context(base_url=phone.url.partition("/files")[0], java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/files/{file.pk}/read", wait_until="networkidle")
    assert plain.locator(".leaf img").count() == 2
    context.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R012")
def test_a_page_found_by_search_opens_there_and_every_reader_can_use_it(phone: Any, reader: Member):
    texts = ["Sampul", *[f"Halaman {n}" for n in range(2, 9)], "Kadar air gabah diukur tiga kali"]
    file = a_file(a_record("Mengeringkan gabah"), content=a_pdf(*texts))
    read_words(file)
    rebuild()
    phone.goto("/search?q=kadar+air+gabah")
    phone.click(f'a[href^="/files/{file.pk}/read?page=9"]')
    phone.wait_for_selector("book-reader[data-ready]", state="attached")
    phone.wait_for_selector(".glow.asked", state="attached")
    assert phone.inner_text("[data-place]") == "9 / 9"
    phone.keyboard.press("ArrowLeft")
    phone.wait_for_selector("[data-place]:text-is('8 / 9')")
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R012")
def test_a_book_that_brings_scripts_is_read_and_none_of_them_runs(phone: Any, reader: Member):
    file = a_file(a_record("Buku jahat"), content=a_hostile_epub(), name="jahat.epub")
    asked: list[str] = []
    sign_in(phone, "ani")
    phone.on("request", lambda request: asked.append(request.url))
    opened(phone, f"/files/{file.pk}/read")
    inside = next(each for each in phone.frames if each is not phone.main_frame and each.query_selector("#tekan"))
    for name in ("tekan", "tautan", "kirim"):
        inside.evaluate("name => document.getElementById(name).click()", name)
    phone.wait_for_timeout(500)
    assert inside.inner_text("#tekan") == "Padi ditumbuk."
    assert phone.evaluate("[window.taken ?? null, document.title.includes('diambil')]") == [None, False]
    assert [each for each in asked if "jahat.example" in each] == []
    assert phone.url.endswith(f"/files/{file.pk}/read")


@pytest.mark.django_db
@pytest.mark.requirement("R016", "R311", "R359")
@pytest.mark.requirement("R218", missing="memesan ruang dari luar kampus")
def test_a_member_borrows_at_night_and_the_third_reader_waits_with_an_honest_estimate(
    reader: Member, budi: Member, sari: User, signed_in: Callable[..., Client]
):
    file = a_file(a_record("Sistem informasi"), content=a_pdf("Bab satu"), level=Levels.MEMBERS)
    set_lending(file, owned=2, by=sari)
    ani, other = signed_in(Client(), reader.user), signed_in(Client(), budi.user)
    third = signed_in(Client(), MemberFactory(user=UserFactory(username="citra", roles=[Role.MEMBER])).user)
    with clock.stopped_at(NIGHT):
        page = ani.get(f"/records/{file.record_id}").content.decode()
        assert "2 dari 2 tempat baca kosong" in page
        assert ani.post(f"/files/{file.pk}/loan").headers["Location"] == f"/files/{file.pk}/read"
        assert ani.get(f"/files/{file.pk}/read").status_code == 200
        assert "Diperpanjang" in ani.post(f"/files/{file.pk}/loan/renewal", follow=True).content.decode()
        assert ani.post("/ask", {"text": "Bolehkah bab tiga saya kutip seluruhnya?"}).status_code == 302
        assert Conversation.objects.get().member == reader
        other.post(f"/files/{file.pk}/loan")
        assert "Masuk daftar tunggu" in third.get(f"/files/{file.pk}").content.decode()
        refused = third.post(f"/files/{file.pk}/loan", headers={"referer": f"http://testserver/files/{file.pk}"}, follow=True)
        assert "Semua tempat baca buku ini sedang dipakai" in refused.content.decode()
        third.post(f"/files/{file.pk}/hold")
        waiting = third.get("/my").content.decode()
        assert "Urutan tunggu ke-1" in waiting
        assert "Kira-kira dapat dibaca Min 6 Des 2026" in waiting
        assert "belum didasarkan pada kebiasaan pembaca buku ini" in waiting
        assert third.get(f"/files/{file.pk}/pages/1.jpg").status_code == 404
        assert "Sistem informasi" in ani.get("/my").content.decode()
    with clock.stopped_at(NIGHT + timedelta(days=1)):
        ani.post(f"/files/{file.pk}/loan", {"_method": "DELETE"})
        assert "Giliran Anda" in third.get("/my").content.decode()
        third.post(f"/files/{file.pk}/loan")
        assert third.get(f"/files/{file.pk}/pages/1.jpg").status_code == 200
        assert ani.get(f"/files/{file.pk}/pages/1.jpg").status_code == 404
    with clock.stopped_at(NIGHT + timedelta(days=9)):
        assert third.get(f"/files/{file.pk}/read").headers["Location"] == f"/files/{file.pk}"
    assert ELoan.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.requirement("R016")
def test_three_read_at_once_and_the_fourth_has_a_place_in_the_queue_until_somebody_has_finished(
    reader: Member, budi: Member, sari: User, signed_in: Callable[..., Client]
):
    file = a_file(a_record("Jurnal berlangganan"), content=a_pdf("Nomor satu"))
    rule = {"name": "jurnal.pdf", "part": "whole", "sequence": 0, "level": "members", "downloadable": "on", "at_once": 3}
    assert signed_in(Client(), sari).post(f"/staff/files/{file.pk}", rule).status_code == 302
    users = [reader.user, budi.user, *(MemberFactory(user=UserFactory(roles=[Role.MEMBER])).user for _ in range(2))]
    ani, *others, fourth = [signed_in(Client(), user) for user in users]
    address, page = f"/files/{file.pk}/read", f"/files/{file.pk}/pages/1.jpg"
    assert "Berkas ini untuk anggota perpustakaan." in Client().get(f"/files/{file.pk}").content.decode()
    for number, each in enumerate([ani, *others], 1):
        assert f"Tempat {number} dari 3" in each.get(address).content.decode()
        assert each.get(f"/files/{file.pk}/download").status_code == 403
    waiting = fourth.get(address).content.decode()
    assert "Sedang dibaca 3 orang; lisensinya membolehkan 3 pembaca serentak." in waiting
    assert ("Urutan tunggu ke-1" in waiting, "Lamanya belum dapat diperkirakan." in waiting) == (True, True)
    assert (fourth.get(page).status_code, ani.get(page).status_code) == (409, 200)
    ani.post(f"/files/{file.pk}/place", {"_method": "DELETE"})
    assert "Tempat 1 dari 3" in fourth.get(address).content.decode()
    assert fourth.get(page).status_code == 200


@pytest.mark.django_db
def test_print_and_digital_fill_one_limit_where_the_library_wants(reader: Member, sari: User, signed_in: Callable[..., Client]):
    LoanRuleFactory(category=None, loan_limit=2)
    LoanFactory(member=reader)
    first, second = (a_file(content=a_pdf(text), level=Levels.MEMBERS) for text in ("satu", "dua"))
    for file in (first, second):
        set_lending(file, by=sari)
    change_terms(e_loans_at_once=2, shares_print_limit=True, by=sari)
    ani = signed_in(Client(), reader.user)
    ani.post(f"/files/{first.pk}/loan")
    answer = ani.post(f"/files/{second.pk}/loan", headers={"referer": "http://testserver/my"}, follow=True)
    assert "Batas 2 pinjaman sudah tercapai" in answer.content.decode()
    with pytest.raises(Refused, match="loan_limit_reached"):
        check_out(ItemFactory(), to=reader, at=reader.branch, by=sari)
    assert {standing for _initials, standing in provisions(reader.branch)["members"].values()} == {"full"}
    change_terms(e_loans_at_once=2, shares_print_limit=False, by=sari)
    assert {standing for _initials, standing in provisions(reader.branch)["members"].values()} == {"ok"}
