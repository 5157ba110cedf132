"""The record page: what it says, who sees it, in how many statements."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from lumbung.catalogue.domain.bound_titles import bind_title
from lumbung.catalogue.domain.records import add_record, remove_record, set_suppressed
from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, LoanRuleFactory
from lumbung.discovery.domain.documents import documents_of
from lumbung.discovery.gateways.chat.searching import show
from lumbung.discovery.queries.rows import rows_of
from lumbung.discovery.tests.shelf import catalogued
from lumbung.formats import marc
from lumbung.kernel import clock
from lumbung.messaging.chat import Asking
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def bumi() -> Record:
    return catalogued(
        "Bumi manusia",
        "Toer, Pramoedya Ananta",
        subject="Fiksi Indonesia",
        year="2005",
        classification="899.221 3",
        isbn="9789799731234",
    )


def test_a_title_is_told_in_plain_words(client: Client, bumi: Record) -> None:
    page = client.get(f"/records/{bumi.pk}").text
    assert "<h1>Bumi manusia</h1>" in page
    assert '<a href="/search?creator=Toer%2C+Pramoedya+Ananta">Toer, Pramoedya Ananta</a>' in page
    assert (
        '<dt>Subjek</dt><dd><ul class="chips"><li><a class="chip small" href="/search?subject=Fiksi+Indonesia">Fiksi Indonesia</a>'
        in page
    )
    assert "<dt>Klasifikasi</dt><dd><div>899.221 3</div></dd>" in page


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        (("e", "penyunting."), "penyunting", "editor"),
        (("e", "Translator"), "penerjemah", "translator"),
        (("4", "ill"), "ilustrator", "illustrator"),
        (("e", "dalang"), "dalang", "dalang"),
    ],
)
def test_what_somebody_did_is_told_in_the_readers_language(
    client: Client, written: tuple[str, str], indonesian: str, english: str
) -> None:
    fields = [
        marc.Field("245", "1", "0", [("a", "Rama dan Sinta")]),
        marc.Field("700", "1", " ", [("a", "Kusuma, Rini,"), written]),
    ]
    record = add_record(marc.Record("00000nam a2200000 i 4500", fields), by=None)
    for language, role in (("id", indonesian), ("en", english)):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get(f"/records/{record.pk}").text
        assert f'>Kusuma, Rini</a> <span class="quiet small">{role}</span>' in page


def test_every_copy_is_told_with_its_place_and_state(client: Client, bumi: Record) -> None:
    central = BranchFactory(name="Pusat", directions="Di sebelah masjid kampus.")
    ItemFactory(record=bumi, branch=central, call_number="899.221 TOE b", copy="k.1")
    lent = ItemFactory(record=bumi, branch=central, call_number="899.221 TOE b", copy="k.2")
    ItemFactory(record=bumi, branch=central, call_number="R 899", item_type=ItemTypeFactory(code="reference", lendable=False))
    ItemFactory(record=bumi, branch=central, call_number="HILANG", status=Item.Statuses.LOST)
    with clock.stopped_at(NOON):
        LoanFactory(item=lent, lent_at=NOON, due_at=NOON + timedelta(days=1))
        page = client.get(f"/records/{bumi.pk}").text
    said = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    assert said == [
        "Nomor panggil Status",
        "Pusat Di sebelah masjid kampus.",
        "899.221 TOE b k.1 Tersedia",
        "899.221 TOE b k.2 Dipinjam kembali besok",
        "R 899 Baca di tempat Reference",
    ]
    assert "2 dari 3 eksemplar tersedia" in page


@pytest.mark.parametrize(
    ("language", "late", "ahead"),
    [
        ("id", "seharusnya kembali Sab 21 Nov", "paling cepat kembali besok"),
        ("en", "was due back Sat 21 Nov", "earliest due tomorrow"),
    ],
)
def test_a_copy_that_should_have_been_back_is_not_promised_for_a_day_gone_by(
    client: Client, indexed, bumi: Record, language: str, late: str, ahead: str
) -> None:
    indexed()
    first, second = ItemFactory.create_batch(2, record=bumi)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with clock.stopped_at(NOON):
        LoanFactory(item=first, lent_at=NOON - timedelta(days=9), due_at=NOON - timedelta(days=2))
        loan = LoanFactory(item=second, lent_at=NOON - timedelta(days=9), due_at=NOON + timedelta(days=1))
        assert late in client.get(f"/records/{bumi.pk}").text
        assert ahead in client.get("/search?q=bumi+manusia").text
        Loan.objects.filter(pk=loan.pk).update(due_at=NOON - timedelta(days=1))
        assert late in client.get("/search?q=bumi+manusia").text


def test_the_chat_promises_no_day_gone_by_either(bumi: Record) -> None:
    asking = Asking(None, None, "1", "", "id", subject=f"r{bumi.pk}")
    with clock.stopped_at(NOON):
        loan = LoanFactory(item=ItemFactory(record=bumi), lent_at=NOON, due_at=NOON + timedelta(days=1))
        assert "Paling cepat kembali Sel 24 Nov 2026." in show(asking).text
        Loan.objects.filter(pk=loan.pk).update(lent_at=NOON - timedelta(days=9), due_at=NOON - timedelta(days=2))
        assert "Seharusnya kembali Sab 21 Nov 2026." in show(asking).text


@pytest.mark.parametrize("copies", [1, 3])
def test_a_record_page_takes_a_fixed_number_of_statements(
    client: Client, bumi: Record, copies: int, django_assert_num_queries: object
) -> None:
    for number in range(copies):
        catalogued(f"Tetangga {number}", classification="899.221")
        LoanFactory(item=ItemFactory(record=bumi))
    client.get(f"/records/{bumi.pk}")
    with django_assert_num_queries(4):
        assert client.get(f"/records/{bumi.pk}").status_code == 200


def test_a_signed_in_member_costs_five_statements_more(
    client: Client, signed_in, ani, bumi: Record, django_assert_num_queries
) -> None:
    ItemFactory(record=bumi)
    page = signed_in(client, ani.user).get(f"/records/{bumi.pk}")
    assert "Pesan untuk diambil" in page.text
    with django_assert_num_queries(9):
        client.get(f"/records/{bumi.pk}")


def test_a_member_who_waits_for_the_title_reads_their_place_and_is_offered_no_second_hold(
    client: Client, signed_in, ani, budi, bumi: Record, django_assert_num_queries
) -> None:
    ItemFactory(record=bumi)
    HoldFactory(record=bumi, member=budi)
    HoldFactory(record=bumi, member=ani)
    page = signed_in(client, ani.user).get(f"/records/{bumi.pk}").text
    assert "Sudah Anda pesan" in page
    assert "Urutan ke-2 dalam antrean" in page
    assert f"/records/{bumi.pk}/holds" not in page
    with django_assert_num_queries(8):
        client.get(f"/records/{bumi.pk}")


def test_whose_membership_ended_is_offered_no_hold_but_told_where_to_renew_it(
    client: Client, signed_in, ani, bumi: Record
) -> None:
    ItemFactory(record=bumi)
    type(ani).objects.filter(pk=ani.pk).update(expires_on=date(2026, 3, 2))
    page = signed_in(client, ani.user).get(f"/records/{bumi.pk}").text
    assert "Keanggotaan Anda berakhir pada Sen 2 Mar 2026." in page
    assert 'href="/#cabang"' in page
    assert "Pesan untuk diambil" not in page
    assert f"/records/{bumi.pk}/holds" not in page


@pytest.mark.parametrize(("language", "told"), [("id", "Jilid 1 k.1"), ("en", "Volume 1 k.1")])
def test_a_copy_without_call_number_is_told_by_its_volume_in_the_readers_language(
    client: Client, bumi: Record, language: str, told: str
) -> None:
    ItemFactory(record=bumi, call_number="", volume="jilid 1", copy="k.1")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(f"/records/{bumi.pk}").text
    cell = re.search(r'<table class="places">.*?<td>(.*?)</td>', page, re.DOTALL)
    assert cell is not None
    assert " ".join(re.sub(r"<[^>]+>", " ", cell[1]).split()) == told


def test_copies_on_the_shelf_are_not_promised_past_those_who_wait(client: Client, ani, budi, bumi: Record) -> None:
    ItemFactory(record=bumi)
    first = "Eksemplar yang tersedia disisihkan lebih dahulu untuk yang sudah menunggu."
    page = client.get(f"/records/{bumi.pk}").text
    assert ("menunggu" in page, first in page) == (False, False)
    HoldFactory(record=bumi, member=budi)
    HoldFactory(record=bumi, member=ani)
    page = client.get(f"/records/{bumi.pk}").text
    assert "1 dari 1 eksemplar tersedia · 2 menunggu</span>" in page
    assert first in page


def test_a_member_who_has_the_title_reads_when_it_is_due(client: Client, signed_in, ani, budi, bumi: Record) -> None:
    LoanFactory(item=ItemFactory(record=bumi), member=ani)
    page = signed_in(client, ani.user).get(f"/records/{bumi.pk}").text
    assert "Sedang Anda pinjam" in page
    assert f"/records/{bumi.pk}/holds" not in page
    others = signed_in(Client(), budi.user).get(f"/records/{bumi.pk}").text
    assert "Sedang Anda pinjam" not in others
    assert f"/records/{bumi.pk}/holds" in others


def test_a_hidden_title_is_not_there_for_the_public(client: Client, bumi: Record) -> None:
    Record.objects.update(suppressed=True)
    for path in ("", "/marc", "/citation.ris"):
        assert client.get(f"/records/{bumi.pk}{path}").status_code == 404


def test_a_removed_title_is_gone_and_one_that_never_was_is_unknown(client: Client, bumi: Record, sari) -> None:
    key = bumi.pk
    remove_record(bumi, by=sari)
    for path in ("", "/marc", "/citation.ris"):
        answer = client.get(f"/records/{key}{path}")
        assert answer.status_code == 410
        assert "Judul ini sudah tidak ada" in answer.text
        assert client.get(f"/records/{key + 1}{path}").status_code == 404


def test_search_engines_read_the_title_in_their_own_form(client: Client, bumi: Record) -> None:
    ItemFactory(record=bumi)
    page = client.get(f"/records/{bumi.pk}").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["name"], data["author"]) == (
        "Book",
        "Bumi manusia",
        [{"@type": "Person", "name": "Pramoedya Ananta Toer"}],
    )
    assert data["offers"]["availability"] == "https://schema.org/InStock"
    assert f'<link rel="canonical" href="http://testserver/records/{bumi.pk}">' in page


def test_a_title_cannot_break_out_of_the_page(client: Client) -> None:
    bad = catalogued("</script><script>alert(1)</script>")
    page = client.get(f"/records/{bad.pk}").text
    assert "<script>alert" not in page
    assert page.count("</script>") == 2


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("ris", "application/x-research-info-systems", "TY  - BOOK\r\nTI  - Bumi manusia\r\nAU  - Toer, Pramoedya Ananta\r\n"),
        ("bib", "application/x-bibtex", "@book{toer2005bumi,\n  author = {Toer, Pramoedya Ananta},\n"),
        ("json", "application/vnd.citationstyles.csl+json", '[\n {\n  "id": "http://testserver/records/'),
    ],
)
def test_a_citation_comes_in_the_form_asked_for(client: Client, bumi: Record, form: str, kind: str, begins: str) -> None:
    answer = client.get(f"/records/{bumi.pk}/citation.{form}")
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.text.startswith(begins)
    assert client.get(f"/records/{bumi.pk}/citation.doc").status_code == 404


def test_the_curious_see_every_field(client: Client, bumi: Record) -> None:
    page = client.get(f"/records/{bumi.pk}/marc").text
    assert "<td>245</td><td><code>10</code></td><td><b>$a</b>Bumi manusia " in page


def test_ani_orders_a_title_and_a_visitor_is_asked_to_sign_in(client: Client, signed_in, ani, bumi: Record) -> None:
    branch = ItemFactory(record=bumi).branch
    LoanRuleFactory(category=ani.category)
    visit = client.post(f"/records/{bumi.pk}/holds", {"branch": branch.pk})
    assert (visit.status_code, visit["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert not Hold.objects.exists()

    page = signed_in(client, ani.user).post(f"/records/{bumi.pk}/holds", {"branch": branch.pk}, follow=True)
    assert [(hold.member, hold.pickup_branch) for hold in Hold.objects.all()] == [(ani, branch)]
    assert page.redirect_chain == [("/my", 302)]
    assert "Urutan ke-1 dalam antrean" in page.text


def test_a_second_order_is_refused_on_the_same_page_with_the_reason(client: Client, signed_in, ani, bumi: Record) -> None:
    branch = ItemFactory(record=bumi).branch
    LoanRuleFactory(category=ani.category)
    signed_in(client, ani.user)
    client.post(f"/records/{bumi.pk}/holds", {"branch": branch.pk})
    page = client.post(
        f"/records/{bumi.pk}/holds",
        {"branch": branch.pk},
        headers={"Referer": f"http://testserver/records/{bumi.pk}"},
        follow=True,
    )
    assert Hold.objects.count() == 1
    assert "Judul ini sudah dipesan." in page.text


@pytest.mark.parametrize("branch", ["", "x", "0", "99999999999999999999999"])
def test_a_branch_that_is_none_is_not_found(client: Client, signed_in, ani, bumi: Record, branch: str) -> None:
    assert signed_in(client, ani.user).post(f"/records/{bumi.pk}/holds", {"branch": branch}).status_code == 404


def test_a_title_is_cited_in_the_style_chosen_and_the_device_remembers_it(client: Client, bumi: Record) -> None:
    page = client.get(f"/records/{bumi.pk}").text
    assert f'href="/records/{bumi.pk}/citation?style=ieee"' in page
    assert "Toer, P. A. (2005). <i>Bumi manusia</i>." in client.get(f"/records/{bumi.pk}/citation").text
    chosen = client.get(f"/records/{bumi.pk}/citation?style=mla", headers={"HX-Request": "true"})
    assert "Toer, Pramoedya Ananta. <i>Bumi manusia</i>." in chosen.text
    assert "<html" not in chosen.text
    assert "Toer, Pramoedya Ananta." in client.get(f"/records/{bumi.pk}/citation").text
    assert "Toer, P. A. (2005)." in client.get(f"/records/{bumi.pk}/citation?style=tidak-ada").text


def test_a_work_in_several_volumes_is_told_volume_by_volume(client: Client, bumi: Record) -> None:
    lent, _, *_ = (
        ItemFactory(record=bumi, call_number="899.221 TOE b", volume=volume) for volume in ("Jil. 10", "Jil. 10", "Jil. 2", "")
    )
    LoanFactory(item=lent)
    page = client.get(f"/records/{bumi.pk}").text
    told = re.findall(r'<h3 id="jilid-\d">(.*?)</h3><span class="small quiet nowrap">(.*?)</span>', page)
    assert told == [
        ("Tanpa nomor jilid", "1 dari 1 eksemplar tersedia"),
        ("Jilid 2", "1 dari 1 eksemplar tersedia"),
        ("Jilid 10", "1 dari 2 eksemplar tersedia"),
    ]
    assert "3 dari 4 eksemplar tersedia" in page


def test_titles_bound_into_one_volume_each_show_the_copy_and_the_others(client: Client, bumi: Record) -> None:
    volume, other, hidden = (
        ItemFactory(record=bumi, call_number="899.221 TOE b"),
        catalogued("Anak semua bangsa"),
        catalogued("Rahasia"),
    )
    set_suppressed(hidden, True, by=None)
    for each in (other, hidden):
        bind_title(volume, each, by=None)
    page = client.get(f"/records/{other.pk}").text
    assert "1 dari 1 eksemplar tersedia" in page
    assert f'dijilid bersama <a href="/records/{bumi.pk}">Bumi manusia</a></div>' in page
    shown = client.get(f"/records/{bumi.pk}").text
    assert f'dijilid bersama <a href="/records/{other.pk}">Anak semua bangsa</a></div>' in shown
    assert documents_of([other.pk])[0].facets["availability"] == ["available"]
    assert volume.barcode in documents_of([other.pk])[0].texts["identifier"]
    assert [row.call_number for row in rows_of([other.pk], None)] == ["899.221 TOE b"]
    LoanFactory(item=volume)
    assert "0 dari 1 eksemplar tersedia" in client.get(f"/records/{other.pk}").text


@pytest.mark.parametrize("branches", [1, 3])
def test_a_reader_who_may_book_the_title_has_it_in_as_few_statements_however_many_branches_hold_it(
    client: Client, signed_in, ani, bumi: Record, branches, django_assert_num_queries
) -> None:
    LoanRuleFactory(category=ani.category, booking_limit=2, article_scope="yes")
    for number in range(branches):
        ItemFactory(record=bumi, branch=BranchFactory(code=f"C{number}"))
    signed_in(client, ani.user)
    page = f"/records/{bumi.pk}"
    assert f"{page}/booking" in client.get(page).content.decode()
    with django_assert_num_queries(10):
        client.get(page)


@pytest.mark.parametrize("asked", ["979-97312-3-3", "9799731233", "979 97312 3 3"])
def test_a_number_with_a_wrong_check_digit_is_found_and_shown_as_printed_and_given_out_as_none(
    client: Client, indexed, asked: str
) -> None:
    title, valid = catalogued("Bumi manusia", isbn="979-97312-3-3 (pbk.)"), catalogued("Lain", isbn="979-3062-79-7")
    indexed()
    assert [row.pk for row in client.get("/search", {"q": asked}).context["results"].rows] == [title.pk]
    page = client.get(f"/records/{title.pk}").text
    assert "9799731233 (tidak sah)" in page
    for given_out in ("rft.isbn", '"isbn"', "citation_isbn", "urn:isbn"):
        assert given_out not in page.replace("&amp;", "&"), given_out
        assert given_out == "urn:isbn" or given_out in client.get(f"/records/{valid.pk}").text, given_out
