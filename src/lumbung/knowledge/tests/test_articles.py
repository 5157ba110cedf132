"""An article's life: written, shared, approved, used, discussed, reviewed, archived; and who may see it at each step."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles import approving, reusing, sharing
from lumbung.knowledge.domain.articles.credits import Parts, credit, hand_on_credit, names, withdraw_names
from lumbung.knowledge.domain.articles.templates import beginning, unfilled
from lumbung.knowledge.domain.articles.writing import Text, restore, revise, start_article
from lumbung.knowledge.models import Article, ArticleVersion, Contribution, Use
from lumbung.knowledge.queries import articles as queries
from lumbung.knowledge.queries.finding import find
from lumbung.knowledge.tests.making import BODY, community, draft, published

pytestmark = pytest.mark.django_db
FAR = date(2099, 1, 1)


@pytest.fixture
def dewi(with_role):
    return with_role("librarian")


@pytest.fixture
def head(with_role):
    return with_role("head")


def seen(user, article):
    return queries.readable_by(user).filter(pk=article.pk).exists()


def test_a_draft_is_its_owners_alone_until_the_owner_widens_the_circle(sari, dewi, head, ani, budi, with_role):
    article, clerk = draft(sari), with_role("circulation")
    assert [seen(each, article) for each in (sari, dewi, head, clerk, ani.user, budi.user)] == [True] + [False] * 5
    for circle, facts, who in [
        ("mentor", {"mentor": dewi}, [sari, dewi]),
        ("community", {"community": community("Layanan", sari, clerk)}, [sari, clerk]),
        ("staff", {}, [sari, dewi, head, clerk]),
        ("public", {}, [sari, dewi, head, clerk]),
    ]:
        sharing.share(article, circle, by=sari, **facts)
        assert [each for each in (sari, dewi, head, clerk, ani.user, budi.user) if seen(each, article)] == who
    assert not queries.public_articles().exists()


def test_only_the_owner_changes_the_circle_whoever_else_leads(sari, dewi, head):
    article = sharing.share(draft(sari), "mentor", mentor=dewi, by=sari)
    for other in (dewi, head):
        with pytest.raises(Refused) as refused:
            sharing.share(article, "public", by=other)
        assert refused.value.codes == ["only_the_owner"]
    with pytest.raises(Refused) as refused:
        sharing.share(article, "mentor", mentor=sari, by=dewi)
    assert refused.value.codes == ["only_the_owner", "mentor_is_owner"]
    with pytest.raises(Refused) as refused:
        sharing.share(article, "community", community=community("Lain"), by=sari)
    assert refused.value.codes == ["not_in_community"]


def test_what_is_missing_before_approval_is_told_at_once(sari):
    article = start_article(Text("SOP baru", body=beginning("how_to")), by=sari)
    with pytest.raises(Refused) as refused:
        approving.submit(article, by=sari)
    assert refused.value.codes == ["template_unfilled"] * 4 + ["summary_empty", "topic_missing", "nobody_to_approve"]
    assert unfilled("a {{ b }} {{c}} {{ b }}") == ["b", "c"]


def test_nobody_approves_what_they_wrote_except_whoever_leads(sari, dewi, head):
    article = sharing.share(draft(sari), "staff", by=sari)
    with pytest.raises(Refused) as refused:
        approving.approve(article, review_on=date(2020, 1, 1), by=sari)
    assert refused.value.codes == ["review_day_past", "nothing_to_approve", "own_approval"]
    approving.submit(article, by=sari)
    done = approving.approve(article, review_on=queries.in_a_year(), by=dewi)
    assert (done.state, done.published_version, done.approved_by, done.submitted_at) == ("published", 1, dewi, None)
    own = sharing.share(draft(head, "Milik kepala"), "staff", by=head)
    approving.submit(own, by=head)
    assert approving.approve(own, review_on=queries.in_a_year(), by=head).state == "published"


def test_what_nobody_could_read_is_shared_and_submitted_in_one_step(client, sari, dewi, with_role, signed_in):
    article = draft(sari)
    here = f"/staff/knowledge/articles/{article.pk}"
    for circle, mentor in (("me", None), ("mentor", with_role("circulation"))):
        with pytest.raises(Refused) as refused:
            approving.share_and_submit(article, circle=circle, mentor=mentor, by=sari)
        assert refused.value.codes == ["nobody_to_approve"]
    article.refresh_from_db()
    assert (article.circle, article.submitted_at) == ("me", None)
    signed_in(client, sari)
    assert "Bagikan dan ajukan" in client.get(here).text
    assert "Simpan dan ajukan" in client.get(f"{here}/circle").text
    assert client.post(f"{here}/circle", {"circle": "mentor", "mentor": dewi.pk, "submit": "1"}).status_code == 302
    assert "Baca dan setujui" in signed_in(Client(), dewi).get(here).text
    assert "Simpan dan ajukan" not in client.get(f"{here}/circle").text


def test_what_was_submitted_and_then_narrowed_or_handed_on_waits_for_nobody_and_may_be_submitted_again(sari, dewi, head):
    article = approving.submit(sharing.share(draft(sari), "staff", by=sari), by=sari)
    assert article in queries.submitted(dewi)
    article = sharing.share(article, "me", by=sari)
    assert (article.submitted_at, article.is_to_be_submitted) == (None, True)
    assert approving.share_and_submit(article, circle="mentor", mentor=dewi, by=sari).submitted_at is not None
    article = sharing.share(article, "staff", by=sari)
    assert article in queries.submitted(head)
    own = approving.submit(draft(head), by=head)
    assert own.submitted_at is not None
    assert sharing.hand_over(own, to=sari, by=head).submitted_at is None


def test_readers_keep_the_approved_version_while_another_is_written(client, sari, dewi, signed_in):
    article = published(sari, approver=dewi)
    revise(article, Text(article.title, article.summary, BODY + "\nBaris baru.\n"), based_on=1, by=sari)
    address = f"/staff/knowledge/articles/{article.pk}"
    reader = signed_in(client, sari)
    assert "Baris baru." not in reader.get(address).content.decode()
    assert "Baris baru." in reader.get(f"{address}?newest=1").content.decode()
    article.refresh_from_db()
    assert (article.version, article.published_version, article.has_news) == (2, 1, True)


def test_a_sent_back_article_has_the_reason_as_an_open_remark(sari, dewi):
    article = sharing.share(draft(sari), "staff", by=sari)
    approving.submit(article, by=sari)
    approving.send_back(article, because="Sebutkan aturannya.", by=dewi)
    assert [(each.text, each.settled_at) for each in article.remarks.all()] == [("Sebutkan aturannya.", None)]
    revise(article, Text(article.title, article.summary, BODY + "\nAturan 12.\n"), based_on=1, by=sari)
    settled = reusing.settle(article.remarks.get(), by=sari)
    assert settled.settled_in == 2
    assert article.contributions.filter(person=dewi, part=Parts.DISCUSSANT).exists()


def test_two_editors_are_put_together_and_a_clash_is_for_a_person_to_choose(sari, dewi):
    article = published(
        sari,
        body="Satu.\n\nDua.\n\nTiga. Ini cukup panjang agar dapat diajukan, dipakai, dan dibaca semua rekan kerja.\n",
        approver=dewi,
    )
    base = article.body
    revise(article, Text(article.title, article.summary, base.replace("Satu.", "Satu saja.")), based_on=1, by=sari)
    done = revise(article, Text(article.title, "Ringkasan lain.", base.replace("Tiga.", "Tiga kali.")), based_on=1, by=dewi)
    assert (done.joined, done.clashes) == (True, [])
    article.refresh_from_db()
    assert article.body.startswith("Satu saja.\n\nDua.\n\nTiga kali.")
    assert (article.version, article.summary) == (3, "Ringkasan lain.")
    clash = revise(article, Text(article.title, "x", base.replace("Satu.", "Satu dua.")), based_on=1, by=dewi)
    assert [(each.mine, each.theirs) for each in clash.clashes] == [("Satu dua.\n", "Satu saja.\n")]
    article.refresh_from_db()
    assert article.version == 3


def test_an_earlier_text_is_taken_up_again_and_nothing_is_lost(sari):
    article = draft(sari)
    revise(article, Text("Judul lain", "", "Isi lain.\n"), based_on=1, by=sari)
    restored = restore(article, 1, by=sari)
    assert (restored.version, restored.title, restored.body) == (3, "Memperpanjang pinjaman", BODY)
    assert list(ArticleVersion.objects.filter(article=article).values_list("number", "title")) == [
        (3, "Memperpanjang pinjaman"), (2, "Judul lain"), (1, "Memperpanjang pinjaman"),
    ]  # fmt: skip
    revise(restored, Text(restored.title, restored.summary, restored.body), based_on=3, by=sari)
    assert ArticleVersion.objects.filter(article=article).count() == 3


def test_whoever_may_not_write_is_refused(sari, ani, with_role):
    article = published(sari)
    for other in (with_role("circulation"), ani.user):
        with pytest.raises(Refused) as refused:
            revise(article, Text("Lain", "", "x"), based_on=1, by=other)
        assert refused.value.codes == ["not_yours_to_write"]


def test_what_expires_is_not_valid_and_not_public_until_it_is_looked_at_again(sari, dewi):
    with clock.stopped_at(datetime(2026, 1, 5, 3, 0, tzinfo=UTC)):
        article = published(sari, circle="public", review_on=date(2026, 6, 1), approver=dewi)
        assert queries.public_articles().get() == article
    with clock.stopped_at(datetime(2026, 6, 2, 3, 0, tzinfo=UTC)):
        assert not queries.public_articles().exists()
        assert list(queries.overdue(sari)) == [article]
        assert (article.is_valid(queries.today()), article.is_overdue(queries.today())) == (False, True)
        approving.confirm(article, review_on=date(2027, 1, 1), by=sari)
        assert queries.public_articles().get().review_on == date(2027, 1, 1)


def test_an_archived_article_is_kept_with_its_reason_and_comes_back_as_a_draft(sari, dewi):
    article = published(sari, approver=dewi)
    with pytest.raises(Refused) as refused:
        approving.archive(article, because=" ", by=sari)
    assert refused.value.codes == ["reason_empty"]
    away = approving.archive(article, because="Diganti SOP baru.", by=sari)
    assert (away.state, away.archived_because) == ("archived", "Diganti SOP baru.")
    with pytest.raises(Refused):
        revise(away, Text("x"), based_on=1, by=sari)
    assert approving.bring_back(away, by=sari).published_version is None


def test_the_database_allows_no_published_article_without_approval(sari):
    article = draft(sari)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state="published")


def test_credit_is_given_once_travels_with_reuse_and_stays_when_somebody_leaves(sari, dewi, head):
    article = draft(sari, authors=[dewi])
    assert credit(article, sari, Parts.AUTHOR, by=head) is None
    assert credit(article, sari, Parts.EDITOR, by=head) is None
    credit(article, None, Parts.SOURCE, by=head, name="Drs. H. Mulyono, M.Lib.")
    other = draft(head, "Turunan")
    hand_on_credit(article, other, by=head)
    assert names(other.contributions.all()) == [head.name, sari.name, dewi.name, "Drs. H. Mulyono, M.Lib."]
    assert withdraw_names(dewi.pk) == 2
    assert Contribution.objects.filter(person=dewi).count() == 2
    assert names(other.contributions.all()) == [head.name, sari.name, "Drs. H. Mulyono, M.Lib."]


def test_use_is_counted_by_people_and_told_to_the_trace(sari, dewi, head):
    article = published(sari, approver=dewi)
    assert reusing.note_use(article, Use.Kinds.READ, by=sari) is None
    assert [bool(reusing.note_use(article, Use.Kinds.READ, by=head)) for _ in range(2)] == [True, False]
    reusing.note_use(article, Use.Kinds.USED, note="Berhasil.", by=head)
    reusing.note_use(article, Use.Kinds.USED, by=head)
    reusing.note_use(article, Use.Kinds.HELPFUL, by=dewi)
    assert queries.tallies([article.pk])[article.pk] == queries.Tally(read=1, used=2, helpful=1)
    assert JournalEntry.objects.filter(name="KnowledgeTraced").count() == 2


def test_a_quiz_is_learnt_only_when_everything_is_right(sari):
    article = draft(sari)
    with pytest.raises(Refused) as refused:
        reusing.set_quiz(article, [("Berapa kali?", ["Dua kali"])], by=sari)
    assert refused.value.codes == ["quiz_answers"]
    reusing.set_quiz(article, [("Berapa kali?", ["Dua kali", "Tiga kali"])], by=sari)
    question = article.quiz.get()
    assert reusing.wrong_answers(article, {question.pk: "Tiga kali"}) == [question]
    assert reusing.wrong_answers(article, {question.pk: "Dua kali"}) == []


def test_a_word_finds_its_family_within_the_circle_of_who_asks(sari, dewi, ani):
    shared, own = published(sari, approver=dewi), draft(dewi, "Perpanjangan di luar jam")
    for word in ("perpanjangan", "diperpanjang", "memperpanjang"):
        assert [each.key for each in find(word, sari)] == [shared.pk]
        assert {each.key for each in find(word, dewi)} == {shared.pk, own.pk}
        assert find(word, ani.user) == []
    assert find("yang di", sari) == []


def test_a_hidden_article_takes_no_place_among_the_first(sari, dewi):
    for n in range(3):
        draft(dewi, f"Perpanjangan {n}")
    shared = published(sari, approver=dewi)
    assert [each.key for each in find("perpanjangan", sari, limit=1)] == [shared.pk]
