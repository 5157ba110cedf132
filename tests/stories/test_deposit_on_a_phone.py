"""Unggah mandiri with a thumb: every step of a thesis on a telephone 360 px wide, looked at and published at a desk, and found again."""

from typing import TYPE_CHECKING

import pytest

from lumbung.accounts.models import User
from lumbung.digital.models import Deposit
from lumbung.digital.tests.factories import ABSTRACT, THESIS_PAGES, WORK, a_deposit, a_pdf
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member, MemberIdentifier
from lumbung.organization.tests.factories import LibraryFactory, StudyProgrammeFactory
from tests.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page, Route

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def student(ani: Member) -> Member:
    """Ani of Informatika, who signs in by hand as Sari does."""
    LibraryFactory()
    ani.programme = StudyProgrammeFactory(code="55201", name="Informatika", level="S1")
    ani.save()
    MemberIdentifier.objects.create(member=ani, kind="nim", value="20210001")
    return ani


def sign_in(page: "Page", user: User, at: str = "") -> None:
    user.set_password("rahasia")
    user.save()
    page.goto(f"{at}/accounts/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", "rahasia")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "login" not in address)


def step(page: "Page", name: str) -> None:
    """The page of this step is there, and no wider than the telephone."""
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 360, name


def a_file(name: str, *pages: str) -> "FilePayload":
    return {"name": name, "mimeType": "application/pdf", "buffer": a_pdf(*pages)}


def hand_in(phone: "Page") -> None:
    """From the first press to the library's desk."""
    phone.goto("/my/deposits")
    phone.get_by_role("button", name="Mulai").tap()
    step(phone, "Tanpa judul")
    phone.get_by_role("link", name="Lengkapi Karya").tap()
    step(phone, "Karya")
    for name, value in WORK.items():
        phone.fill(f"[name={name}]", str(value))
    phone.get_by_role("button", name="Simpan dan lanjut").tap()
    step(phone, "Pembimbing dan penguji")
    phone.fill("[name=form-0-name]", "Dr. Wayan Suarta")
    phone.select_option("[name=form-0-number_kind]", "nidn")
    phone.fill("[name=form-0-number]", "0012037801")
    phone.get_by_role("button", name="Simpan dan lanjut").tap()
    step(phone, "Berkas")
    give_files(phone)
    phone.get_by_role("link", name="Lanjut").tap()
    step(phone, "Lisensi dan embargo")
    phone.select_option("[name=licence]", "cc-by-4.0")
    phone.get_by_role("button", name="Simpan dan lanjut").tap()
    step(phone, "Pernyataan")
    phone.set_input_files("#piece", [a_file("kemiripan.pdf", "18.5 %")])
    phone.get_by_role("button", name="Unggah").tap()
    phone.get_by_role("link", name="kemiripan.pdf").wait_for()
    phone.fill("[name=similarity]", "18,5")
    for name in ("original", "consented"):
        phone.check(f"[name={name}]")
    phone.get_by_role("button", name="Simpan dan lanjut").tap()
    step(phone, WORK["title"])
    phone.get_by_role("button", name="Kirim ke perpustakaan").tap()
    phone.get_by_text("Terkirim.").wait_for()


def give_files(phone: "Page") -> None:
    """The whole thesis as one PDF, cut where the library proposes."""
    phone.set_input_files("#piece", [a_file("skripsi.pdf", *THESIS_PAGES)])
    phone.get_by_role("button", name="Unggah").tap()
    phone.get_by_role("link", name="Bagi menjadi bagian").tap()
    phone.get_by_role("button", name="Bagi naskah").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.get_by_role("button", name="Bagi naskah").tap()
    phone.get_by_role("heading", name="Bab II Tinjauan Pustaka").wait_for()
    step(phone, "Berkas")


def look_at_and_publish(desktop: "Page") -> None:
    """Sari ticks every line of the rubric, approves, and publishes."""
    desktop.goto("/staff/deposits")
    desktop.get_by_role("link", name=WORK["title"]).click()
    for line in desktop.locator("[name=ticked]").all():
        line.check()
    desktop.get_by_role("button", name="Setujui").click()
    desktop.get_by_role("button", name="Terbitkan").click()
    desktop.get_by_role("link", name="Judul di katalog").wait_for()
    work_off()


def test_a_thesis_goes_from_a_telephone_to_the_catalogue_by_thumb_alone(
    phone: "Page", desktop: "Page", student: Member, sari: User
) -> None:
    sign_in(phone, student.user)
    hand_in(phone)
    sign_in(desktop, sari)
    look_at_and_publish(desktop)

    phone.reload()
    phone.get_by_role("heading", name="Karya Anda sudah terbit").wait_for()
    phone.get_by_role("link", name="Lihat di katalog").tap()
    step(phone, WORK["title"])
    assert phone.get_by_text(ABSTRACT).is_visible()
    phone.get_by_role("link", name="Baca Sampul").tap()
    phone.wait_for_selector("book-reader[data-ready]", state="attached")
    phone.locator(".leaf img").first.evaluate("image => image.decode()")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


LONG = ["Lumbung padi. " * 400] * 150


def test_a_line_that_is_cut_in_the_middle_of_a_thesis_loses_nothing_of_it(phone: "Page", line: Line, student: Member) -> None:
    deposit = a_deposit(student)
    sign_in(phone, student.user, line.address)
    phone.goto(f"{line.address}/my/deposits/{deposit.pk}/files")
    sent: list[int] = []

    def carry(route: "Route") -> None:
        sent.append(len(route.request.post_data_buffer or b""))
        if len(sent) == 2:
            line.cut()
        route.continue_()

    phone.route("**/upload/published", lambda route: carry(route) if route.request.method == "POST" else route.continue_())
    phone.set_input_files("#piece", [a_file("skripsi.pdf", *LONG)])
    phone.get_by_role("button", name="Unggah").tap()
    phone.get_by_text("Unggahan berlanjut sendiri begitu tersambung lagi").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert Deposit.objects.get().files.count() == 0

    line.mend()
    phone.get_by_text("skripsi.pdf tersimpan.").wait_for()
    file = Deposit.objects.get().files.get()
    assert (file.size, file.pages) == (len(a_pdf(*LONG)), 150)
    assert sum(sent) - sent[1] < file.size + 10_000, "what had come was sent again"
