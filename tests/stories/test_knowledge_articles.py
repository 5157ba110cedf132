"""What one librarian knows becomes an article that others find, use, doubt and mend; and a question nobody dared to ask is answered."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import marc_of
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.articles.reminding import remind_of_reviews
from lumbung.knowledge.models import Article, Question
from lumbung.knowledge.queries.articles import in_a_year
from lumbung.knowledge.queries.pages import label_of
from lumbung.knowledge.tests.making import community, published, topic
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.reactions.answer_in_chat import answer_in_chat

pytestmark = pytest.mark.django_db
HERE = "/staff/knowledge/articles"
STEPS = "## Langkah\n\n1. Pindai kartu anggota.\n2. Tekan **Perpanjang** pada pinjaman yang dimaksud; tanggal baru tampil saat itu juga.\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def words(answer: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def sari_in(sari: Any, signed_in: Any) -> Client:
    LibraryFactory()
    return signed_in(Client(), sari)


@pytest.fixture
def dewi(with_role: Any) -> Any:
    return with_role("librarian")


@pytest.fixture
def dewi_in(dewi: Any, signed_in: Any) -> Client:
    return signed_in(Client(), dewi)


def written(client: Client, title: str = "Memperpanjang pinjaman", form: str = "sop", body: str = STEPS) -> Article:
    """An article begun and saved as somebody does it in the portal."""
    client.post(f"{HERE}/new", {"form": form, "title": title})
    article = Article.objects.latest("pk")
    fields = {
        "title": title,
        "summary": "Bila pemustaka minta tambahan waktu.",
        "body": body,
        "based_on": 1,
        "topics": [topic().pk],
    }
    assert client.post(f"{HERE}/{article.pk}/edit", fields).status_code == 302
    return article


@pytest.mark.requirement("R220")
@pytest.mark.requirement("R268")
def test_an_article_goes_from_draft_over_approval_to_its_review_and_the_archive(
    sari_in: Client, dewi_in: Client, dewi: Any, with_role: Any, signed_in: Any
) -> None:
    with clock.stopped_at(datetime(2026, 1, 12, 2, 0, tzinfo=UTC)):
        article = written(sari_in)
        page = f"{HERE}/{article.pk}"
        assert dewi_in.get(page).status_code == 404
        sari_in.post(f"{page}/circle", {"circle": "staff"})
        sari_in.post(f"{page}/submission")
        assert "Menunggu persetujuan 1" in words(dewi_in.get(HERE))
        assert dewi_in.post(f"{page}/approval", {"review_on": "2026-06-30"}).status_code == 302
        assert f"versi 2 disetujui {dewi.name} · berlaku sampai Sel 30 Jun 2026" in words(sari_in.get(page))
        dewi_in.post(f"{page}/use", {"note": "Jelas."})
        sari_in.post(f"{page}/guides", {"page": "circulation:desk"})
        assert "Dipakai 1 kali" in words(sari_in.get(page))
        assert f"Dibuka dari halaman {label_of('circulation:desk')}" in words(sari_in.get(page))
    with clock.stopped_at(datetime(2026, 7, 2, 2, 0, tzinfo=UTC)):
        reader = signed_in(Client(), with_role("circulation"))
        assert "Jangan dijadikan pegangan dahulu." in words(reader.get(page))
        assert "Memperpanjang pinjaman" in words(sari_in.get(HERE, {"list": "review"}))
        assert "perlu ditinjau Memperpanjang pinjaman" in words(sari_in.get("/staff/knowledge/"))
        assert (remind_of_reviews(), remind_of_reviews()) == (1, 0)
        letter = Delivery.objects.get(code="review_due")
        assert letter.address == "sari@kampus.example"
        assert "- Memperpanjang pinjaman: tidak berlaku lagi sejak 30 Juni 2026" in letter.body
        sari_in.post(f"{page}/confirmation", {"review_on": "2027-01-31"})
        assert "Jangan dijadikan pegangan" not in words(reader.get(page))
        sari_in.post(f"{page}/archiving", {"because": "Diganti swalayan."})
        assert "Tidak berlaku lagi. Diarsipkan hari ini: Diganti swalayan." in words(reader.get(page))


@pytest.mark.requirement("R207")
def test_from_the_loan_screen_one_opens_the_article_that_tells_its_work(
    sari_in: Client, sari: Any, dewi: Any, dewi_in: Client
) -> None:
    article = published(sari, "SOP meja peminjaman", approver=dewi)
    sari_in.post(f"{HERE}/{article.pk}/guides", {"page": "circulation:desk"})
    [address] = re.findall(r'href="(/staff/knowledge/here/[^"]+)"', dewi_in.get(reverse("circulation:desk")).content.decode())
    opened = dewi_in.get(address, follow=True)
    assert opened.redirect_chain == [(f"{HERE}/{article.pk}", 302)]
    assert "SOP meja peminjaman" in words(opened)
    newer = {"title": article.title, "summary": article.summary, "body": STEPS, "based_on": 1, "topics": [topic().pk]}
    sari_in.post(f"{HERE}/{article.pk}/edit", newer)
    assert "Pindai kartu anggota" not in words(dewi_in.get(address, follow=True))
    sari_in.post(f"{HERE}/{article.pk}/submission")
    dewi_in.post(f"{HERE}/{article.pk}/approval", {"review_on": in_a_year().isoformat()})
    assert "Pindai kartu anggota" in words(dewi_in.get(address, follow=True))
    assert "Belum ada petunjuk untuk halaman ini" in words(dewi_in.get("/staff/knowledge/here/members:members"))


def test_a_screen_behind_one_of_the_menu_leads_to_the_article_of_that_and_one_beside_the_menu_to_none(sari_in: Client) -> None:
    record = add_record(marc_of("Bumi manusia"), by=None)
    assert "/staff/knowledge/here/catalogue:records" in sari_in.get(f"/staff/records/{record.pk}").text
    assert "/here/" not in sari_in.get("/staff/").text
    assert sari_in.get("/staff/knowledge/here/staff_home").status_code == 404


@pytest.mark.requirement("R243")
@pytest.mark.requirement("R244")
def test_the_writer_alone_widens_who_may_read(
    sari_in: Client, sari: Any, dewi: Any, dewi_in: Client, with_role: Any, signed_in: Any
) -> None:
    clerk = with_role("circulation")
    clerk_in = signed_in(Client(), clerk)
    article = written(sari_in)
    page, group = f"{HERE}/{article.pk}", community("Layanan", sari, clerk)

    def seen() -> list[int]:
        return [each.get(page).status_code for each in (dewi_in, clerk_in)] + [
            Client().get(f"/articles/{article.pk}").status_code
        ]

    assert seen() == [404, 404, 404]
    sari_in.post(f"{page}/circle", {"circle": "mentor", "mentor": dewi.pk})
    assert seen() == [200, 404, 404]
    dewi_in.post(f"{page}/remarks", {"text": "Sebutkan juga kartu digital."})
    assert f"Sebutkan juga kartu digital. {dewi.name} ·" in words(sari_in.get(page))
    assert dewi_in.post(f"{page}/circle", {"circle": "public"}).status_code == 422
    sari_in.post(f"{page}/circle", {"circle": "community", "community": group.pk})
    assert seen() == [404, 200, 404]
    sari_in.post(f"{page}/circle", {"circle": "staff"})
    assert seen() == [200, 200, 404]
    sari_in.post(f"{page}/circle", {"circle": "public"})
    assert seen() == [200, 200, 404]
    sari_in.post(f"{page}/submission")
    dewi_in.post(f"{page}/approval", {"review_on": "2099-01-01"})
    dewi_in.post(f"{page}/approval", {"review_on": date.today().replace(year=date.today().year + 1, day=1).isoformat()})  # noqa: DTZ011
    assert seen() == [200, 200, 200]


@pytest.mark.requirement("R324")
@pytest.mark.requirement("R112", missing="acara di kotak yang sama")
def test_everybody_reads_and_finds_what_was_made_public(sari: Any, dewi: Any) -> None:
    LibraryFactory()
    article = published(sari, "Memperpanjang pinjaman dari rumah", circle="public", approver=dewi)
    stranger = Client()
    page = words(stranger.get(f"/articles/{article.pk}"))
    assert "Memperpanjang pinjaman dari rumah" in page
    assert "Oleh Sari Wulandari" in page
    assert "Boleh dipakai lagi dengan menyebut: Sari Wulandari" in page
    found = stranger.get("/search", {"q": "perpanjangan"}).content.decode()
    assert f'href="/articles/{article.pk}"' in found
    assert "Memperpanjang pinjaman dari rumah" in words(stranger.get("/articles"))


@pytest.mark.requirement("R245", missing="unggahan media sosial yang memakai artikel")
@pytest.mark.requirement("R246")
@pytest.mark.requirement("R283")
def test_what_readers_say_goes_into_the_next_version_and_they_are_named_for_it(
    sari_in: Client, dewi_in: Client, dewi: Any, sari: Any
) -> None:
    article = published(sari, body=STEPS, approver=dewi)
    page = f"{HERE}/{article.pk}"
    dewi_in.post(f"{page}/remarks", {"text": "Bagaimana bila sudah terlambat?"})
    assert "tanggapan Memperpanjang pinjaman" in words(sari_in.get("/staff/knowledge/"))
    mended = STEPS + "3. Bila terlambat, selesaikan dendanya dahulu.\n"
    fields = {"title": article.title, "summary": article.summary, "body": mended, "based_on": 1, "note": "Yang terlambat."}
    sari_in.post(f"{page}/edit", fields)
    sari_in.post(f"{page}/remarks/{article.remarks.get().pk}/settled")
    told = words(dewi_in.get(page))
    assert "terjawab dalam versi 2" in told
    assert f"{dewi.name} penanggap" in told
    compared = words(dewi_in.get(f"{page}/versions"))
    assert "ditambah: 3. Bila terlambat, selesaikan dendanya dahulu." in compared
    assert "Yang terlambat." in compared
    sari_in.post(f"{page}/restoration", {"version": 1})
    assert "isi versi 1 dipakai lagi" in words(dewi_in.get(f"{page}/versions"))
    said = {"article": article.pk, "text": "Langkah tentang denda menolong saya"}
    assert dewi_in.post(f"/staff/knowledge/people/{sari.pk}/thanks", said)["Location"] == page
    assert "Langkah tentang denda menolong saya" in words(dewi_in.get(f"/staff/knowledge/people/{sari.pk}"))
    happened = set(JournalEntry.objects.filter(data__article=article.pk).values_list("name", flat=True))
    assert {"ArticleStarted", "ArticlePublished", "ArticleRevised", "RemarkMade", "RemarkSettled", "CreditGiven"} <= happened


@pytest.mark.requirement("R245")
def test_whoever_wrote_is_named_where_chat_and_desk_answer_from_their_article(
    sari_in: Client, dewi_in: Client, sari: Any, dewi: Any, with_role: Any, signed_in: Any
) -> None:
    title = "Meminta bimbingan penelusuran skripsi"
    article = published(sari, title, approver=dewi)
    page, rina = f"{HERE}/{article.pk}", with_role("circulation")
    sari_in.post(f"{page}/circle", {"circle": "public"})
    visitor = Client()
    visitor.post("/chat", {"text": "kak gimana minta bimbingan penelusuran skripsi?"})
    answer_in_chat(JournalEntry.objects.filter(name="MessageArrived").latest("pk"))
    answer = words(visitor.get("/chat"))
    assert "Kapan dan bagaimana pinjaman diperpanjang." in answer
    assert f"artikel “{title}” oleh {sari.name}" in answer

    asked = ConversationFactory(subject="Skripsi")
    TurnFactory(conversation=asked, text="Bagaimana meminta bimbingan penelusuran?")
    rina_in = signed_in(Client(), rina)
    beside = words(rina_in.get(f"/staff/questions/{asked.pk}"))
    assert f"Artikel yang cocok {title} · artikel “{title}” oleh {sari.name}" in beside
    composed = rina_in.post(f"/staff/questions/{asked.pk}/words", {"reading": article.pk, "text": "Halo Kak,"})
    said = composed.context["answer_form"].initial["text"]
    assert said.startswith("Halo Kak,")
    assert f"Sumber: artikel “{title}” oleh {sari.name}" in said
    assert f"{rina.name}: Dikutip dalam jawaban di meja layanan." in words(sari_in.get("/staff/knowledge/"))
    line = words(sari_in.get(f"/staff/knowledge/trace/article/{article.pk}"))
    assert f"{title} dipakai dalam Bagaimana meminta bimbingan penelusuran?" in line


@pytest.mark.requirement("R279")
def test_whoever_used_an_article_tells_it_and_its_author_sees_who_learnt(
    sari_in: Client, dewi_in: Client, dewi: Any, sari: Any
) -> None:
    article = published(sari, approver=dewi)
    page = f"{HERE}/{article.pk}"
    fields = {"text1": "Berapa kali dapat diperpanjang?", "right1": "Dua kali", "wrong11": "Sekali", "wrong12": "Tanpa batas"}
    sari_in.post(f"{page}/quiz/questions", fields)
    dewi_in.get(page)
    dewi_in.post(f"{page}/use", {"note": "Dipakai saat antrean panjang."})
    question = article.quiz.get()
    assert "Belum tepat" in words(dewi_in.post(f"{page}/quiz", {f"q{question.pk}": "Sekali"}))
    dewi_in.post(f"{page}/quiz", {f"q{question.pk}": "Dua kali"})
    dewi_in.post(f"{page}/use", {"kind": "helpful"})
    told = words(sari_in.get(page))
    assert "Dibaca 1 orang Dipakai 1 kali Membantu 1 orang Menguasai 1 orang" in told
    home = words(sari_in.get("/staff/knowledge/"))
    assert f"dipakai Memperpanjang pinjaman {dewi.name}: Dipakai saat antrean panjang." in home


@pytest.mark.requirement("R244")
@pytest.mark.requirement("R221")
def test_a_shy_question_is_answered_without_a_name_and_spares_the_next_one(
    sari_in: Client, dewi_in: Client, dewi: Any, sari: Any, with_role: Any, signed_in: Any
) -> None:
    sari_in.post("/staff/knowledge/questions/new", {"title": "Buku rusak dikembalikan, apa yang dicatat?", "hides_name": "on"})
    asked = Question.objects.get()
    page = f"/staff/knowledge/questions/{asked.pk}"
    head_in = signed_in(Client(), with_role("head"))
    for reader in (dewi_in, head_in):
        assert "Seorang rekan" in words(reader.get(page))
        assert f"{sari.name} ·" not in words(reader.get(page))
    assert not JournalEntry.objects.filter(name="ColleagueAsked", actor_id=sari.pk).exists()
    assert head_in.post(f"{page}/revealing", follow=True).status_code == 409
    shy = with_role("cataloguer")
    signed_in(Client(), shy).post(f"{page}/answers", {"text": "Labelnya sering hilang.", "hides_name": "on"})
    told = words(sari_in.get(page))
    assert ("Labelnya sering hilang. Seorang rekan" in told, f"{shy.name} ·" in told) == (True, False)
    dewi_in.post(f"{page}/answers", {"text": "Catat keadaannya pada eksemplar, lalu pindahkan ke perbaikan."})
    sari_in.post(f"{page}/answers/{asked.answers.latest('pk').pk}/settled")

    similar = dewi_in.get("/staff/knowledge/similar", {"title": "pengembalian buku yang rusak"})
    assert "Buku rusak dikembalikan, apa yang dicatat?" in words(similar)

    made = dewi_in.post(f"{page}/article")
    article = Article.objects.get()
    assert made.url == f"{HERE}/{article.pk}/edit"
    assert sari.name not in words(dewi_in.get(f"{HERE}/{article.pk}"))

    dewi_in.post(f"{page}/report", {"because": "Uji."})
    assert dewi_in.post(f"{page}/revealing").status_code == 403
    assert sari.name in words(head_in.post(f"{page}/revealing", follow=True))
    assert JournalEntry.objects.filter(name="AskerRevealed").count() == 1


def test_two_editors_of_one_article_lose_nothing(sari_in: Client, dewi_in: Client, sari: Any, dewi: Any) -> None:
    article = published(sari, body=STEPS, approver=dewi)
    page = f"{HERE}/{article.pk}/edit"
    fields = {"title": article.title, "summary": article.summary, "based_on": 1}
    sari_in.post(page, {**fields, "body": STEPS.replace("kartu anggota", "kartu atau NIM")})
    clash = dewi_in.post(page, {**fields, "body": STEPS.replace("kartu anggota", "kartu perpustakaan")})
    assert clash.status_code == 409
    assert "Pindai kartu perpustakaan." in words(clash)
    assert "Pindai kartu atau NIM." in words(clash)
    pieces = dict(re.findall(r'name="(piece-\d+)"[^>]*>\n(.*?)</textarea>', clash.content.decode(), re.DOTALL))
    chosen = {name: re.sub(r"1\. Pindai kartu perpustakaan\.\n", "", text) for name, text in pieces.items()}
    merged = dewi_in.post(f"{HERE}/{article.pk}/choice", {**fields, **chosen, "count": len(pieces)})
    again = merged.context["form"].initial
    assert again["body"] == STEPS.replace("kartu anggota", "kartu atau NIM")
    assert again["based_on"] == 2
    for count in ("banyak", "-1", "9" * 24):
        assert (
            dewi_in.post(f"{HERE}/{article.pk}/choice", {**fields, **chosen, "count": count}).context["form"].initial["body"]
            == ""
        )


def test_what_is_typed_is_kept_and_another_window_does_not_overwrite_it(sari_in: Client, sari: Any) -> None:
    article = written(sari_in)
    sent = {
        "view": "article",
        "record": article.pk,
        "typed": {"title": "Judul", "body": "Belum selesai", "csrfmiddlewaretoken": "x"},
    }
    kept = sari_in.post(f"{HERE}/drafts", {**sent, "saves": 0}, content_type="application/json")
    assert kept.json()["saves"] == 1
    assert sari_in.post(f"{HERE}/drafts", {**sent, "saves": 9}, content_type="application/json").status_code == 409
    assert "Anda mempunyai isian yang belum disimpan" in words(sari_in.get(f"{HERE}/{article.pk}/edit"))
    assert sari_in.get(f"{HERE}/{article.pk}/edit?draft=1").context["form"].initial["body"] == "Belum selesai"
    for bad in ("x", "{}", '{"record": "99999999999999999999", "typed": {}}'):
        assert sari_in.post(f"{HERE}/drafts", bad, content_type="application/json").status_code in {400, 404}


def test_a_pasted_picture_is_kept_by_what_it_is_and_shown_to_readers_alone(sari_in: Client, dewi_in: Client, sari: Any) -> None:
    article = written(sari_in)
    address = f"{HERE}/{article.pk}/attachments"
    sent = sari_in.post(address, {"file": SimpleUploadedFile("layar.png", PNG)}, headers={"Accept": "application/json"}).json()
    assert (sent["name"], sent["picture"]) == ("layar.png", True)
    shown = sari_in.get(sent["address"])
    assert (shown.status_code, shown["Content-Type"], b"".join(shown.streaming_content)) == (200, "image/png", PNG)
    assert dewi_in.get(sent["address"]).status_code == 404
    wrong = sari_in.post(address, {"file": SimpleUploadedFile("a.png", b"<script>")}, headers={"Accept": "application/json"})
    assert (wrong.status_code, "Lampiran harus PDF" in wrong.json()["error"]) == (422, True)


def test_markup_in_an_article_stays_text_for_every_reader(sari_in: Client, sari: Any, dewi: Any) -> None:
    body = (
        "<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://spy.example/p.gif) "
        + "Isi yang cukup panjang untuk diajukan. " * 3
    )
    article = published(sari, "<b>Judul</b>", body=body, circle="public", approver=dewi)
    for page in (sari_in.get(f"{HERE}/{article.pk}"), Client().get(f"/articles/{article.pk}")):
        said = page.content.decode()
        assert "<script>alert" not in said
        assert "javascript:alert" not in re.sub(r">[^<]*<", "><", said)
        assert 'src="https://spy' not in said
        assert "&lt;b&gt;Judul&lt;/b&gt;" in said


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_a_fixed_number_of_statements(
    sari_in: Client, sari: Any, dewi: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        published(sari, f"Artikel {n}", approver=dewi)
        sari_in.post("/staff/knowledge/questions/new", {"title": f"Tanya {n}"})
    for page, statements in [(HERE, 10), ("/staff/knowledge/questions", 5), ("/staff/knowledge/topics", 4)]:
        sari_in.get(page)
        with django_assert_num_queries(statements):
            assert sari_in.get(page).status_code == 200
