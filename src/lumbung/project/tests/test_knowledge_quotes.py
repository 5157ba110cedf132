"""Articles quoted outside the portal: as they were approved, and under the names of whoever wrote them."""

import pytest

from lumbung.desk.domain.readings import quoted, readings_for
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.writing import Text, revise
from lumbung.knowledge.models import Contribution, Trace, Use
from lumbung.knowledge.queries.articles import today
from lumbung.knowledge.tests.making import published
from lumbung.messaging.chat.knowing import known_answer
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
ASKED = "kak gimana cara memperpanjang pinjaman?"


@pytest.fixture(autouse=True)
def library():
    return LibraryFactory()


@pytest.fixture
def dewi(with_role):
    return with_role("librarian")


def test_the_chat_answers_from_a_public_article_and_names_its_contributors(sari, dewi, with_role):
    rina = with_role("circulation")
    article = published(sari, approver=dewi, circle="public")
    credit(article, rina, Parts.SOURCE, by=sari)
    answer = known_answer(ASKED, "id")
    day = today().strftime("%-d")
    assert answer.text.startswith(
        "Kapan dan bagaimana pinjaman diperpanjang.\n\nSumber: artikel “Memperpanjang pinjaman” oleh "
    )
    assert f"oleh {sari.name}, {rina.name}, " in answer.text
    assert f"/articles/{article.pk}. Diperiksa {dewi.name}, {day} " in answer.text
    assert known_answer(ASKED, "en") is None


def test_what_is_not_for_everybody_answers_nobody_outside(sari, dewi):
    published(sari, approver=dewi)
    assert (known_answer(ASKED, "id"), readings_for("perpanjangan")) == (None, [])


def test_what_was_not_approved_yet_is_told_to_nobody(sari, dewi):
    article = published(sari, approver=dewi, circle="public")
    revise(article, Text("Judul lain", "Ringkasan lain.", "Isi lain.\n"), based_on=1, by=sari)
    told = [(each.name, each.text) for each in readings_for("judul lain memperpanjang")]
    assert told == [("Memperpanjang pinjaman", "Kapan dan bagaimana pinjaman diperpanjang.")]


def test_an_article_that_has_only_words_of_asking_in_common_with_a_question_is_not_offered_at_the_desk(sari, dewi):
    body = (
        "Halo, apa yang bisa saya bantu? Saya mau tahu cara memperpanjang buku: kami ada di perpustakaan. Peternak sapi juga.\n"
    )
    published(sari, body=body, approver=dewi, circle="public")
    assert readings_for("Halo kak, saya mau tanya, apakah bisa saya memelihara akuarium di perpustakaan?") == []
    assert readings_for("saya mau tanya bagaimana caranya?") == readings_for("") == []
    assert readings_for("kami butuh sumber tentang sapi perah") == []
    assert readings_for("ada buku?") == readings_for("bukunya koleksi perpustakaan, judulnya apa ya") == []
    [found] = readings_for("saya mau tanya bagaimana kalau akuarium atau perpanjangan?")
    assert found.name == "Memperpanjang pinjaman"


def test_whoever_left_and_did_not_wish_to_be_named_is_not(sari, dewi):
    article = published(sari, approver=dewi, circle="public")
    Contribution.objects.filter(article=article).update(name="")
    assert "Sumber: artikel “Memperpanjang pinjaman”, " in known_answer(ASKED, "id").text


def test_an_article_quoted_at_the_desk_is_used_once_for_each_conversation(sari, dewi):
    article = published(sari, approver=dewi, circle="public")
    asked = ConversationFactory()
    [found] = readings_for("bagaimana memperpanjang pinjaman")
    for _twice in range(2):
        told = quoted(found.key, asked, by=dewi)
    assert f"oleh {sari.name}, " in told.line
    assert list(Use.objects.filter(kind="used").values_list("note", "by")) == [
        ("Dikutip dalam jawaban di meja layanan.", dewi.pk)
    ]
    ends = Trace.objects.filter(from_kind="article", from_key=article.pk).values_list("to_kind", "kind")
    assert set(ends) == {("use", "used"), ("conversation", "used")}
    complaint = ConversationFactory(is_complaint=True)
    assert quoted(found.key, complaint, by=dewi) == told
    assert not Trace.objects.filter(to_kind="conversation", to_key=complaint.pk).exists()
    assert quoted(0, asked, by=dewi) is None
