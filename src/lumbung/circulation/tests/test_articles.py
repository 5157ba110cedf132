"""Copies of articles and chapters: who may ask for what, what the law asks, how one is made, charged, read, refused and called off."""

import io
from datetime import UTC, date, datetime, time, timedelta

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from lumbung.accounts.models import Role
from lumbung.circulation.domain.article_copies import Scan, cover_sheet, fulfil_on_paper, fulfil_with_file
from lumbung.circulation.domain.articles import (
    cancel_request,
    expire_articles,
    hand_on,
    hand_over,
    refuse_request,
    reopen_request,
    request_article,
    set_article_terms,
    take_up,
)
from lumbung.circulation.domain.handover_places import add_place, call_off_visit
from lumbung.circulation.domain.parcels import set_delivery
from lumbung.circulation.models import ArticleRequest, Fee
from lumbung.circulation.queries import standing
from lumbung.circulation.queries.article_blocks import Part, Receipt, Wish, article_cost, pages_of_work, pages_said
from lumbung.circulation.queries.articles import article_terms, ending_articles, places_on_shelves, readable_article, speed_of
from lumbung.circulation.tests.factories import ArticleRequestFactory, ItemFactory, LoanFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock, typesetting
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.tests.factories import LibraryFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
"""08.00 in Jakarta."""


@pytest.fixture(autouse=True)
def _morning(pusat):
    LibraryFactory()
    open_on(pusat)
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def allowed(ani):
    """Students may have three copies under way, for 5,000 rupiah each."""
    return LoanRuleFactory(category=ani.category, name="Salinan", article_scope="yes", article_limit=3, article_fee=5_000)


@pytest.fixture
def book(pusat):
    """A book of 300 pages, with a copy on the shelf of the central library."""
    extent = {"300": {"ind1": " ", "ind2": " ", "subfields": [{"a": "xii, 300 hlm."}]}}
    title = {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Bumi manusia"}]}}
    record = RecordFactory(title="Bumi manusia", marc={"leader": "00000nam a2200000 i 4500", "fields": [title, extent]})
    ItemFactory(record=record, branch=pusat)
    return record


def wish(record, **said) -> Wish:
    part = {name: said.pop(name) for name in ("kind", "title", "author", "issue", "pages", "note") if name in said}
    receipt = said.pop("receipt", Receipt(way="file"))
    told = {"purpose": "study", "agreed": True, **said}
    return Wish(
        record=record, part=Part(**{"kind": "chapter", "title": "Minke", "pages": "1-20", **part}), receipt=receipt, **told
    )


def ask(member: Member, record, **said) -> ArticleRequest:
    return request_article(wish(record, **said), member=member, by=member.user)


def codes(verb) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb()
    return refused.value.codes


def pages(count: int = 2) -> Scan:
    return Scan("bab.pdf", typesetting.pdf("#pagebreak()\n" * (count - 1) + "Isi bab", {}))


def picture(form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(out, form)
    return out.getvalue()


def names() -> list[str]:
    entries = JournalEntry.objects.filter(name__startswith="Article").order_by("pk")
    return list(entries.values_list("name", flat=True))


def test_a_chapter_is_asked_for_scanned_charged_once_and_read_by_the_one_who_asked(allowed, book, ani, budi, sari):
    asked = ask(ani, book)
    assert (asked.state, asked.fee, asked.branch.code, Fee.objects.count()) == ("asked", 5_000, "PUSAT", 0)
    take_up(asked, by=sari)
    made = fulfil_with_file(asked, [pages(2), Scan("lampiran.jpg", picture())], by=sari)
    assert (made.state, made.worker, made.page_count, made.until) == ("ready", sari, 3, date(2026, 12, 14))
    with default_storage.open(made.stored_file) as file:
        whole = pypdfium2.PdfDocument(file.read())
    assert len(whole) == 4
    assert "Bumi manusia" in whole[0].get_textpage().get_text_range()
    assert [(fee.kind, fee.amount) for fee in Fee.objects.all()] == [("article", 5_000)]
    assert [readable_article(user, asked.pk) for user in (ani.user, sari)] == [made, made]
    assert [readable_article(user, asked.pk) for user in (budi.user, None)] == [None, None]
    assert names() == ["ArticleRequested", "ArticleTakenUp", "ArticleFulfilled"]


def test_a_wrong_scan_is_replaced_without_a_second_fee_and_the_first_file_goes(
    allowed, book, ani, sari, django_capture_on_commit_callbacks
):
    made = fulfil_with_file(ask(ani, book), [pages()], by=sari)
    with django_capture_on_commit_callbacks(execute=True):
        again = fulfil_with_file(made, [pages(3)], by=sari)
    assert (again.page_count, Fee.objects.get().amount) == (3, 5_000)
    assert [default_storage.exists(each.stored_file) for each in (made, again)] == [False, True]


def test_every_reason_against_a_copy_is_told_at_once_with_the_rule(allowed, book, ani):
    ani.blocked_because = "Kartu hilang"
    ani.save()
    for number in range(3):
        ArticleRequestFactory(member=ani, record=RecordFactory(), title=f"Bab {number}")
    with pytest.raises(Refused) as refused:
        ask(ani, book, title=" ", pages="", purpose="", agreed=False, receipt=Receipt(way="post", branch=ani.branch))
    assert refused.value.codes == [
        "member_blocked",
        "article_limit_reached",
        "article_unnamed",
        "delivery_not_offered",
        "delivery_address_missing",
        "article_purpose_missing",
        "article_not_agreed",
    ]
    assert str(refused.value.reasons[1]) == "Sudah mencapai batas 3 permintaan salinan yang berjalan (aturan “Salinan”)."
    assert not ArticleRequest.objects.filter(record=book).exists()


def test_without_a_rule_that_allows_it_nothing_is_copied(rule, book, ani):
    with pytest.raises(Refused) as refused:
        ask(ani, book)
    assert [str(each) for each in refused.value.reasons] == [
        "Salinan artikel atau bab dari judul ini tidak dilayani (ketentuan umum)."
    ]


def test_a_rule_may_want_the_copy_named_or_want_none(book, ani):
    item, lecturer = book.items.get(), MemberFactory(category=CategoryFactory(code="dosen"))
    LoanRuleFactory(category=ani.category, article_scope="item")
    LoanRuleFactory(category=lecturer.category, article_scope="title")
    assert codes(lambda: ask(ani, book)) == ["article_needs_item"]
    assert ask(ani, book, item=item).item == item
    assert codes(lambda: ask(lecturer, RecordFactory(), item=item)) == ["article_of_title_alone", "another_title"]


def test_a_title_without_a_copy_is_not_copied_but_a_serial_with_its_issue_is(allowed, ani):
    assert codes(lambda: ask(ani, RecordFactory())) == ["nothing_to_copy"]
    journal = RecordFactory(material="serial")
    assert codes(lambda: ask(ani, journal, kind="article")) == ["article_issue_missing"]
    assert ask(ani, journal, kind="article", issue=" Vol. 12  No. 3 ").issue == "Vol. 12 No. 3"


@pytest.mark.parametrize(
    ("said", "count"),
    [("45–61", 17), ("45-61, 70", 18), ("123-45", 23), ("hlm. 9", 1), ("1 s.d. 20", 20), ("xii", None), ("", None), ("9-3", 1)],
)
def test_pages_are_counted_as_people_write_them(said, count):
    assert pages_said(said) == count


def test_no_more_than_a_part_of_a_work_is_copied(allowed, book, ani, sari):
    assert pages_of_work(book) == 300
    assert codes(lambda: ask(ani, book, pages="1-76")) == ["article_too_long", "article_too_much"]
    set_article_terms(most_pages=None, by=sari)
    assert codes(lambda: ask(ani, book, pages="1-76")) == ["article_too_much"]
    assert ask(ani, book, pages="1-75").pages == "1-75"


def test_a_work_is_not_copied_part_by_part(allowed, book, ani, budi):
    first = ask(ani, book)
    with pytest.raises(Refused) as refused:
        ask(ani, book, title="Annelies")
    assert [str(each) for each in refused.value.reasons] == [
        "Bagian lain dari jilid yang sama baru saja diminta; bagian berikutnya mulai 30 Desember 2026 (ketentuan salinan)."
    ]
    assert ask(budi, book, title="Annelies").title == "Annelies"
    cancel_request(first, reason="tidak jadi", by=ani.user)
    assert ask(ani, book, title="Annelies").title == "Annelies"
    with clock.stopped_at(MONDAY + timedelta(days=30)):
        assert ask(ani, book, title="Jean").title == "Jean"


def test_files_are_judged_by_what_is_in_them_and_nothing_is_kept_of_those_refused(allowed, book, ani, sari, settings):
    asked = ask(ani, book)
    script = Scan("a.pdf", typesetting.pdf("x", {}).replace(b"%%EOF", b"/JavaScript %%EOF"))
    with pytest.raises(Refused) as refused:
        fulfil_with_file(asked, [Scan("bab.pdf", b"MZ not a pdf"), script, Scan("c.pdf", b"%PDF-1.4 broken %%EOF")], by=sari)
    assert refused.value.codes == ["scan_unknown", "scan_acts", "scan_unknown"]
    assert codes(lambda: fulfil_with_file(asked, [], by=sari)) == ["scan_missing"]
    assert codes(lambda: fulfil_with_file(asked, [pages(61)], by=sari)) == ["article_too_long"]
    huge = Scan("besar.pdf", b"%PDF-" + bytes(40 << 20))
    assert codes(lambda: fulfil_with_file(asked, [huge], by=sari)) == ["scan_too_large"]
    settings.CLAMD = "127.0.0.1:1"
    assert codes(lambda: fulfil_with_file(asked, [pages()], by=sari)) == ["scan_unchecked"]
    asked.refresh_from_db()
    assert (asked.state, asked.stored_file, Fee.objects.count()) == ("asked", "", 0)


def test_paper_waits_at_the_branch_and_is_handed_over(allowed, book, ani, pusat, teknik, sari):
    asked = ask(ani, book, receipt=Receipt(way="pickup", branch=teknik))
    assert (asked.branch, asked.pickup_branch) == (pusat, teknik)
    assert codes(lambda: fulfil_with_file(asked, [pages()], by=sari)) == ["article_wrong_way"]
    assert codes(lambda: hand_over(asked, by=sari)) == ["article_not_ready"]
    open_on(teknik)
    made = fulfil_on_paper(asked, pages=20, by=sari)
    assert (made.state, made.until, made.page_count) == ("ready", date(2026, 12, 9), 20)
    assert hand_over(made, by=sari).state == "done"
    assert Fee.objects.get().amount == 5_000


def test_paper_is_brought_to_a_place_and_follows_its_visits(allowed, book, ani, pusat, sari):
    facts = {"kind": "stop", "name": "Balai Desa", "weekdays": "4", "starts": time(9), "ends": time(11)}
    hall = add_place(branch=pusat, by=sari, **facts)
    made = fulfil_on_paper(ask(ani, book, receipt=Receipt(way="pickup", place=hall)), by=sari)
    assert (made.where, made.brought_on) == ("Balai Desa", date(2026, 12, 3))
    call_off_visit(hall, date(2026, 12, 3), reason="Banjir", by=sari)
    made.refresh_from_db()
    assert (made.place, made.brought_on) == (hall, date(2026, 12, 10))
    assert JournalEntry.objects.filter(name="ArticleVisitMoved").count() == 1


def test_paper_is_sent_with_its_postage_and_the_address_goes(allowed, book, ani, pusat, sari):
    set_delivery(pusat, is_on=True, fee=12_000, categories=[], programmes=[], by=sari)
    sending = wish(book, receipt=Receipt(way="post", branch=pusat, address=" Jl. Melati 5 "))
    assert article_cost(sending, ani) == 17_000
    asked = request_article(sending, member=ani, by=ani.user)
    assert (asked.address, asked.cost) == ("Jl. Melati 5", 17_000)
    assert codes(lambda: fulfil_on_paper(asked, pages=61, by=sari)) == ["article_too_long", "courier_missing"]
    made = fulfil_on_paper(asked, courier="Pos", tracking="P1", by=sari)
    assert (made.state, made.address, made.courier) == ("done", "", "Pos")
    assert Fee.objects.get().amount == 17_000


def test_a_refusal_needs_a_reason_and_costs_nothing(allowed, book, ani, sari):
    asked = ask(ani, book)
    assert codes(lambda: refuse_request(asked, reason=" ", by=sari)) == ["article_reason_missing"]
    refused = refuse_request(asked, reason="Halaman itu hilang", by=sari)
    assert (refused.state, refused.reason, Fee.objects.count()) == ("refused", "Halaman itu hilang", 0)
    assert codes(lambda: take_up(asked, by=sari)) == ["article_closed"]


def test_what_is_called_off_is_taken_back_unless_the_file_was_opened(
    allowed, book, ani, budi, sari, django_capture_on_commit_callbacks
):
    made = fulfil_with_file(ask(ani, book), [pages()], by=sari)
    with django_capture_on_commit_callbacks(execute=True):
        gone = cancel_request(made, reason="salah bab", by=ani.user)
    assert (gone.state, gone.stored_file, standing(ani).owed) == ("cancelled", "", 0)
    assert not default_storage.exists(made.stored_file)
    opened = fulfil_with_file(ask(budi, book), [pages()], by=sari)
    ArticleRequest.objects.filter(pk=opened.pk).update(downloads=1)
    assert codes(lambda: cancel_request(opened, reason="x", by=budi.user)) == ["article_read_already"]


def test_a_request_is_handed_on_to_a_branch_and_to_somebody_who_may(allowed, book, ani, teknik, sari, with_role):
    asked = take_up(ask(ani, book), by=sari)
    circulation, guest = with_role(Role.CIRCULATION), with_role(Role.CATALOGUER)
    assert codes(lambda: hand_on(asked, branch=teknik, worker=guest, by=sari)) == ["article_worker_wrong"]
    moved = hand_on(asked, branch=teknik, worker=circulation, by=sari)
    assert (moved.state, moved.branch, moved.worker) == ("in_work", teknik, circulation)
    free = hand_on(asked, branch=teknik, worker=None, by=sari)
    assert (free.state, free.worker, free.taken_up_at) == ("asked", None, None)


def test_at_night_files_go_whose_time_is_over_and_paper_that_nobody_fetched(
    allowed, book, ani, budi, pusat, sari, django_capture_on_commit_callbacks
):
    made = fulfil_with_file(ask(ani, book), [pages()], by=sari)
    paper = fulfil_on_paper(ask(budi, book, receipt=Receipt(way="pickup", branch=pusat)), by=sari)
    assert (expire_articles(), paper.until) == (0, date(2026, 12, 9))
    with clock.stopped_at(MONDAY + timedelta(days=12)):
        assert [each.pk for each in ending_articles(timedelta(days=2))] == [made.pk]
    with clock.stopped_at(MONDAY + timedelta(days=15)), django_capture_on_commit_callbacks(execute=True):
        assert readable_article(ani.user, made.pk) is None
        assert (expire_articles(), expire_articles(), ending_articles(timedelta(days=2))) == (2, 0, [])
    assert set(ArticleRequest.objects.values_list("state", "stored_file")) == {("expired", "")}
    assert not default_storage.exists(made.stored_file)


def test_numbers_of_the_terms_are_kept_within_bounds(sari):
    assert codes(lambda: set_article_terms(file_days=0, most_percent=101, by=sari)) == ["article_terms_wrong"] * 2
    assert set_article_terms(file_days=7, most_pages=None, by=sari).file_days == 7
    assert (article_terms().file_days, article_terms().most_pages) == (7, None)
    assert JournalEntry.objects.get(name="ArticleTermsChanged").data == {"fields": ["file_days", "most_pages"]}


def test_whoever_fetches_it_sees_the_copies_of_the_branch_first(allowed, book, ani, pusat, teknik):
    away = ItemFactory(record=book, branch=teknik)
    asked = ask(ani, book)
    assert [(item.held_at, found.is_on_shelf) for item, found in places_on_shelves(asked)] == [(pusat, True), (teknik, True)]
    assert [item for item, _ in places_on_shelves(ask(ani, RecordFactory(material="serial"), issue="1"))] == []
    assert [item for item, _ in places_on_shelves(ArticleRequestFactory(record=book, item=away))] == [away]


def test_a_journal_that_is_not_lent_is_fetched_from_its_shelf_and_what_is_lent_says_so(allowed, ani, budi, pusat, sari):
    journal = ItemFactory(branch=pusat, record__material="serial", item_type__lendable=False)
    asked = ask(ani, journal.record, issue="No. 6, 1977")
    assert [(item, found.is_on_shelf, found.state) for item, found in places_on_shelves(asked)] == [(journal, True, "in_house")]
    book = LoanFactory(item__branch=pusat, member=budi).item
    assert [
        (item, found.state) for item, found in places_on_shelves(ArticleRequestFactory(record=book.record, branch=pusat))
    ] == [(book, "on_loan")]


def test_a_refusal_and_a_handing_over_by_mistake_are_taken_back(allowed, book, ani, budi, pusat, teknik, sari):
    refused = refuse_request(take_up(ask(ani, book), by=sari), reason="Salah klik", by=sari)
    again = reopen_request(refused, by=sari)
    assert (again.state, again.reason, again.closed_at, again.worker) == ("asked", "", None, None)
    paper = fulfil_on_paper(ask(budi, book, receipt=Receipt(way="pickup", branch=pusat)), by=sari)
    back = reopen_request(hand_over(paper, by=sari), by=sari)
    assert (back.state, back.until, back.closed_at) == ("ready", paper.until, None)
    assert (
        JournalEntry.objects.filter(name="ArticleReopened").order_by("pk").values_list("data__state", flat=True)[0] == "asked"
    )
    assert codes(lambda: reopen_request(again, by=sari)) == ["article_not_reopened"]
    assert codes(lambda: reopen_request(cancel_request(again, reason="-", by=sari), by=sari)) == ["article_not_reopened"]
    forgotten = refuse_request(ask(ani, book), reason="-", by=sari)
    ArticleRequest.objects.filter(pk=forgotten.pk).update(member=None)
    assert codes(lambda: reopen_request(forgotten, by=sari)) == ["article_not_reopened"]


def test_how_many_and_how_fast_is_counted(allowed, book, ani, budi, pusat, sari):
    first, _second = ask(ani, book), ask(budi, book)
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        fulfil_with_file(first, [pages()], by=sari)
        speed = speed_of(pusat)
    assert (speed.asked, speed.made, speed.refused, speed.median_days, speed.oldest_days) == (2, 1, 0, 2.0, 2)


def test_the_cover_sheet_names_source_purpose_and_what_the_law_allows(allowed, book, ani):
    sheet = pypdfium2.PdfDocument(cover_sheet(ask(ani, book)))[0].get_textpage().get_text_range()
    said = ("Minke", "Bumi manusia", "hlm. 1-20", "Ani", "Pendidikan", "Pasal 44", "Pasal 47")
    assert [each for each in said if each not in sheet] == []
