"""What a member is told of a copy they asked for: each thing once, and nothing that is over when its turn comes."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.circulation.domain.article_copies import Scan, fulfil_with_file
from lumbung.circulation.domain.articles import cancel_request, refuse_request, reopen_request, request_article
from lumbung.circulation.queries.article_blocks import Part, Receipt, Wish
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel import clock, typesetting
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import LibraryFactory, open_on
from lumbung.reactions.article_letters import (
    article_ready_letter,
    article_received_letter,
    article_refused_letter,
    tell_of_ending_articles,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


@pytest.fixture
def asked(ani):
    LibraryFactory()
    record = ItemFactory(branch=open_on(ani.branch), record__title="Bumi manusia").record
    LoanRuleFactory(category=ani.category, article_scope="yes", article_fee=5_000)
    part = Part(kind="chapter", title="Minke", pages="1-9")
    with clock.stopped_at(MONDAY):
        wish = Wish(record=record, part=part, receipt=Receipt(way="file"), purpose="study", agreed=True)
        yield request_article(wish, member=ani, by=ani.user)


def entry(name: str) -> JournalEntry:
    return JournalEntry.objects.get(name=name)


def letters(code: str) -> list[str]:
    return list(Delivery.objects.filter(code=code).values_list("body", flat=True))


def test_it_is_received_with_what_it_costs_and_told_ready_once(asked, sari):
    article_received_letter(entry("ArticleRequested"))
    [received] = letters("article_received")
    assert ("Minke" in received, "Biayanya Rp5.000, ditagih ketika salinannya dibuat." in received) == (True, True)
    fulfil_with_file(asked, [Scan("a.pdf", typesetting.pdf("Isi", {}))], by=sari)
    for _twice in range(2):
        article_ready_letter(entry("ArticleFulfilled"))
    [ready] = letters("article_ready")
    assert "Berkasnya dapat Anda baca sampai Senin, 14 Desember 2026; sesudah itu dihapus." in ready


def test_a_refusal_says_why(asked, sari):
    refuse_request(asked, reason="Halaman itu hilang", by=sari)
    article_refused_letter(entry("ArticleRefused"))
    [refused] = letters("article_refused")
    assert "Alasannya: Halaman itu hilang" in refused


def test_a_refusal_taken_back_says_that_the_copy_is_made_after_all(asked, sari):
    reopen_request(refuse_request(asked, reason="Salah klik", by=sari), by=sari)
    article_refused_letter(entry("ArticleRefused"))
    article_received_letter(entry("ArticleReopened"))
    assert (letters("article_refused"), len(letters("article_received"))) == ([], 1)


def test_what_is_called_off_before_its_turn_is_told_no_more(asked, sari):
    fulfil_with_file(asked, [Scan("a.pdf", typesetting.pdf("Isi", {}))], by=sari)
    cancel_request(asked, reason="x", by=asked.member.user)
    article_ready_letter(entry("ArticleFulfilled"))
    article_received_letter(entry("ArticleRequested"))
    assert not Delivery.objects.exists()


def test_two_days_before_a_file_goes_the_member_is_told_once(asked, sari):
    fulfil_with_file(asked, [Scan("a.pdf", typesetting.pdf("Isi", {}))], by=sari)
    assert tell_of_ending_articles() == 0
    with clock.stopped_at(MONDAY + timedelta(days=12)):
        assert (tell_of_ending_articles(), tell_of_ending_articles()) == (1, 0)
    [ending] = letters("article_ending")
    assert "dapat dibaca sampai Senin, 14 Desember 2026" in ending
