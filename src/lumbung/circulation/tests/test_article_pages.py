"""The pages of copies of articles and chapters: what a member, another member and staff see and do."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.circulation.domain.article_copies import Scan, fulfil_with_file
from lumbung.circulation.domain.articles import refuse_request
from lumbung.circulation.models import ArticleRequest
from lumbung.circulation.tests.factories import ArticleRequestFactory, ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock, typesetting
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.tests.factories import LibraryFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
ASKED = {"kind": "chapter", "title": "Minke", "pages": "1-20", "receive": "file", "purpose": "study", "agreed": "on"}


@pytest.fixture(autouse=True)
def _morning(pusat):
    LibraryFactory()
    open_on(pusat)
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def book(pusat, ani):
    LoanRuleFactory(category=ani.category, article_scope="yes", article_fee=5_000)
    return ItemFactory(branch=pusat, record__title="Bumi manusia").record


def at(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("bab.pdf", typesetting.pdf("Isi bab", {}))


def test_the_way_to_ask_stands_on_a_title_where_a_rule_lets_the_reader(book, ani, sari):
    other = ItemFactory(record=RecordFactory(material="map")).record
    LoanRuleFactory(category=ani.category, material="map", article_scope="no")
    page, way = f"/records/{book.pk}", reverse("self_service:ask_article", args=[book.pk])
    assert way in at(ani.user).get(page).content.decode()
    assert way in Client().get(page).content.decode()
    assert way not in at(sari).get(page).content.decode()
    assert "article-request" not in at(ani.user).get(f"/records/{other.pk}").content.decode()
    refused = at(ani.user).get(reverse("self_service:ask_article", args=[other.pk]))
    assert (refused.status_code, "tidak dilayani" in refused.content.decode()) == (404, True)


def test_the_cost_is_told_before_and_told_anew_where_a_choice_changes_it(book, ani):
    client, page = at(ani.user), reverse("self_service:ask_article", args=[book.pk])
    assert "Rp5.000" in client.get(page).content.decode()
    unseen = client.post(page, {**ASKED, "told": "0"})
    assert (unseen.status_code, "Dengan pilihan ini biayanya Rp5.000" in unseen.content.decode()) == (422, True)
    assert not ArticleRequest.objects.exists()
    assert client.post(page, {**ASKED, "told": "5000"}).url == "/my"
    asked = ArticleRequest.objects.get()
    assert (asked.member, asked.title, asked.way, asked.fee, asked.purpose) == (ani, "Minke", "file", 5_000, "study")
    own = client.get("/my").content.decode()
    assert ("Minke" in own, "Batalkan permintaan" in own) == (True, True)
    assert own.index("salinannya diminta dari awal") < own.index("Ya, batalkan"), "it asks first"


def test_a_form_that_is_refused_says_every_reason(book, ani):
    page = reverse("self_service:ask_article", args=[book.pk])
    response = at(ani.user).post(page, {"kind": "chapter", "receive": "file", "told": "5000"})
    said = response.content.decode()
    assert response.status_code == 422
    assert [each in said for each in ("Tulis judul artikel", "Pilih keperluannya", "Setujui dahulu")] == [True] * 3


def test_only_the_one_who_asked_reads_the_file_and_only_that_is_counted(book, ani, budi, sari):
    asked = ArticleRequestFactory(record=book, member=ani, branch=ani.branch)
    fulfil_with_file(asked, [Scan("bab.pdf", typesetting.pdf("Isi", {}))], by=sari)
    file = reverse("self_service:article_file", args=[asked.pk])
    assert Client().get(file).status_code == 302
    assert at(budi.user).get(file).status_code == 404
    for reader in (sari, ani.user):
        sent = at(reader).get(file)
        assert (sent.status_code, sent["Content-Type"], sent["Cache-Control"]) == (200, "application/pdf", "private, no-store")
        assert b"".join(sent)[:5] == b"%PDF-"
    asked.refresh_from_db()
    assert asked.downloads == 1
    assert "Batalkan permintaan" not in at(ani.user).get("/my").content.decode()
    with clock.stopped_at(MONDAY + timedelta(days=15)):
        assert at(ani.user).get(file).status_code == 410
        assert at(budi.user).get(file).status_code == 404


def test_a_member_calls_off_their_own_request_and_no_other(book, ani, budi):
    asked = ArticleRequestFactory(record=book, member=ani)
    page = reverse("self_service:article", args=[asked.pk])
    assert at(budi.user).post(page).status_code == 404
    assert at(ani.user).post(page).url == "/my"
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_a_refusal_is_read_on_the_members_own_page(book, ani, sari):
    refuse_request(ArticleRequestFactory(record=book, member=ani), reason="Halaman itu hilang", by=sari)
    assert "Halaman itu hilang" in at(ani.user).get("/my").content.decode()


def test_a_refusal_by_mistake_is_taken_back_where_it_stands(book, ani, budi, sari):
    asked = ArticleRequestFactory(record=book, member=ani)
    page = reverse("circulation:article", args=[asked.pk])
    assert "Batalkan penolakan" not in at(sari).get(page).content.decode()
    refuse_request(asked, reason="Salah klik", by=sari)
    assert "Batalkan penolakan" in at(sari).get(page).content.decode()
    assert at(budi.user).post(page, {"step": "reopen"}).status_code in {302, 403, 404}
    assert ArticleRequest.objects.get().state == "refused"
    told = at(sari).post(page, {"step": "reopen"}, follow=True).content.decode()
    assert ("Permintaan dibuka lagi: Menunggu." in told, "Salah klik" in told) == (True, False)


def test_who_takes_it_up_from_an_old_page_does_not_take_it_from_a_colleague_unknowingly(book, ani, sari, with_role):
    rina, asked = with_role("circulation"), ArticleRequestFactory(record=book, member=ani, branch=ani.branch)
    page = reverse("circulation:article", args=[asked.pk])
    at(rina).post(page, {"step": "take_up", "instead_of": ""})
    at(sari).post(page, {"step": "take_up", "instead_of": ""})
    assert ArticleRequest.objects.get().worker == rina
    assert f'name="instead_of" value="{rina.pk}"' in at(sari).get(page).content.decode()
    at(sari).post(page, {"step": "take_up", "instead_of": rina.pk})
    assert ArticleRequest.objects.get().worker == sari


def test_staff_take_it_up_scan_it_and_see_it_in_the_queue(book, ani, sari):
    asked = ArticleRequestFactory(record=book, member=ani, branch=ani.branch, title="Bab Minke")
    client, page = at(sari), reverse("circulation:article", args=[asked.pk])
    asking = client.get(page).content.decode()
    assert asking.index("salinannya diminta dari awal") < asking.index("Ya, batalkan"), "it asks first"
    assert "Bab Minke" in client.get(reverse("circulation:articles")).content.decode()
    assert client.post(page, {"step": "take_up"}).url == page
    assert "899.221 TOE b" in client.get(page).content.decode()
    assert client.post(page, {"step": "scan", "scans": scan()}).url == page
    asked.refresh_from_db()
    assert (asked.state, asked.worker, asked.page_count) == ("ready", sari, 1)
    assert "Bab Minke" not in client.get(reverse("circulation:articles")).content.decode()
    assert "Bab Minke" in client.get(reverse("circulation:articles"), {"state": "ready"}).content.decode()
    slip = client.get(reverse("circulation:article_slip", args=[asked.pk])).content.decode()
    assert ("Bumi manusia" in slip, "899.221 TOE b" in slip) == (True, True)
    assert client.get(reverse("circulation:article_cover", args=[asked.pk])).content[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ({"step": "refuse", "reason": "Rusak"}, "refused"),
        ({"step": "cancel"}, "cancelled"),
        ({"step": "paper", "pages": "12"}, "ready"),
    ],
)
def test_each_step_of_staff_is_taken(book, ani, sari, sent, state):
    asked = ArticleRequestFactory(record=book, member=ani, way="pickup", branch=ani.branch, pickup_branch=ani.branch)
    page = reverse("circulation:article", args=[asked.pk])
    assert at(sari).post(page, sent).url == page
    asked.refresh_from_db()
    assert asked.state == state
    assert at(sari).post(page, {"step": "fly"}).status_code == 404


def test_it_is_handed_on_and_handed_over(book, ani, sari, teknik, with_role):
    other = with_role(Role.CIRCULATION)
    asked = ArticleRequestFactory(record=book, member=ani, way="pickup", branch=ani.branch, pickup_branch=ani.branch)
    page, client = reverse("circulation:article", args=[asked.pk]), at(sari)
    client.post(page, {"step": "hand_on", "branch": teknik.pk, "worker": other.pk})
    asked.refresh_from_db()
    assert (asked.branch, asked.worker, asked.state) == (teknik, other, "in_work")
    client.post(page, {"step": "paper"})
    assert client.post(page, {"step": "hand_over"}).url == page
    asked.refresh_from_db()
    assert asked.state == "done"


def test_who_may_not_lend_takes_no_step_and_members_see_no_queue(book, ani, with_role):
    asked = ArticleRequestFactory(record=book, member=ani)
    page = reverse("circulation:article", args=[asked.pk])
    assert at(with_role(Role.CATALOGUER)).get(page).status_code == 403
    assert [at(ani.user).get(each).status_code for each in (page, reverse("circulation:articles"))] == [403, 403]
    assert at(with_role(Role.CIRCULATION)).get(reverse("circulation:article_terms")).status_code == 403


def test_the_terms_are_set_by_those_who_set_rules(sari):
    page = reverse("circulation:article_terms")
    sent = {"by_file": "on", "file_days": 7, "paper_days": 5, "most_pages": "", "most_percent": 10, "apart_days": 0}
    assert at(sari).post(page, {**sent, "file_days": 400}).status_code == 422
    assert at(sari).post(page, sent).url == reverse("circulation:articles")


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_the_database_the_same_for_any_number(book, ani, sari, count, django_assert_max_num_queries):
    for number in range(count):
        ArticleRequestFactory(record=book, member=ani, branch=ani.branch, worker=sari, title=f"Bab {number}")
    client = at(sari)
    client.get(reverse("circulation:articles"))
    with django_assert_max_num_queries(12):
        client.get(reverse("circulation:articles"))


NEW = "/staff/article-requests/new"


def test_staff_choose_the_member_and_the_title_by_what_is_at_hand(book, ani, sari):
    item, client = book.items.get(), at(sari)
    assert "Untuk siapa" in client.get(NEW).content.decode()
    named = client.get(NEW, {"who": ani.name.split()[0]}).content.decode()
    assert f'href="?member={ani.pk}"' in named
    assert "Tidak ada anggota “Zzz”" in client.get(NEW, {"who": "Zzz"}).content.decode()
    work_off()
    assert "Tidak ada judul “Zzz”" in client.get(NEW, {"what": "Zzz", "member": ani.pk}).content.decode()
    for what in (item.barcode, str(book.pk)):
        assert 'name="told" value="5000"' in client.get(NEW, {"who": ani.barcode, "what": what}).content.decode()


@pytest.mark.parametrize("is_member_first", [True, False])
def test_the_barcode_of_a_copy_chooses_its_volume(book, ani, sari, is_member_first):
    copies = {number: ItemFactory(record=book, volume=number) for number in ("2", "3", "1")}
    second = ItemFactory(record=book, volume="3", barcode="Z/3 9")
    for scanned, chosen in ((copies["1"], copies["1"]), (second, copies["3"])):
        client, who = at(sari), {"who": ani.name.split()[0]}
        if is_member_first:
            page = client.get(NEW, {"what": scanned.barcode, "member": ani.pk}).content.decode()
        else:
            named = client.get(NEW, {"what": scanned.barcode}).content.decode()
            assert f'name="copy" value="{scanned.barcode}"' in named
            listed = client.get(NEW, {"record": book.pk, "copy": scanned.barcode, **who}).content.decode()
            way = next(part for part in listed.split('"') if part.startswith(f"?member={ani.pk}"))
            page = client.get(NEW + unescape(way)).content.decode()
        assert f'<option value="{chosen.pk}" selected>' in page
    elsewhere = ItemFactory(volume="3")
    page = client.get(NEW, {"record": book.pk, "member": ani.pk, "copy": elsewhere.barcode}).content.decode()
    assert not any(f'<option value="{each.pk}" selected>' in page for each in copies.values())


def test_staff_ask_for_a_member_who_was_told_the_cost(book, ani, sari):
    client, page = at(sari), f"{NEW}?member={ani.pk}&record={book.pk}"
    unseen = client.post(page, {**ASKED, "told": "0"})
    assert (unseen.status_code, ArticleRequest.objects.count()) == (422, 0)
    made = client.post(page, {**ASKED, "told": "5000"})
    asked = ArticleRequest.objects.get()
    assert made.url == reverse("circulation:article", args=[asked.pk])
    assert (asked.member, asked.record, asked.fee, asked.purpose) == (ani, book, 5_000, "study")
    again = client.post(page, {**ASKED, "title": "Annelies", "told": "5000", "agreed": ""})
    assert (again.status_code, "Setujui dahulu" in again.content.decode()) == (422, True)


def test_a_title_of_which_nothing_is_copied_for_the_member_is_refused_with_the_rule(book, ani, sari, with_role):
    other = ItemFactory(record=RecordFactory(material="map")).record
    LoanRuleFactory(category=ani.category, material="map", article_scope="no", name="Peta tetap di rak")
    refused = at(sari).get(NEW, {"member": ani.pk, "record": other.pk})
    assert (refused.status_code, "Peta tetap di rak" in refused.content.decode()) == (422, True)
    assert at(with_role(Role.CATALOGUER)).get(NEW).status_code == 403
    assert at(ani.user).get(NEW).status_code == 403


def test_staff_see_what_is_copied_on_the_pages_of_the_member_and_the_title(book, ani, budi, sari):
    ArticleRequestFactory(record=book, member=ani, title="Bab Minke")
    refuse_request(ArticleRequestFactory(record=book, member=ani, title="Bab Lama"), reason="Rusak", by=sari)
    client = at(sari)
    for page in (f"/staff/members/{ani.pk}", f"/staff/records/{book.pk}"):
        said = client.get(page).content.decode()
        assert ("Bab Minke" in said, "Bab Lama" in said, NEW in said) == (True, False, True)
    assert "Tidak ada permintaan yang berjalan." in client.get(f"/staff/members/{budi.pk}").content.decode()


def test_without_a_rule_that_lets_anybody_the_pages_of_staff_say_nothing_of_copies(ani, sari):
    record = ItemFactory().record
    pages = (f"/staff/members/{ani.pk}", f"/staff/records/{record.pk}")
    assert [NEW in at(sari).get(page).content.decode() for page in pages] == [False, False]
