"""A wiki comes in whole, through the browser: in pieces, read first, stored while the page is left, reported, taken back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.formats.prose.tests.test_reading import packed, wiki, wiki_page
from lumbung.kernel.jobs.worker import work_off
from lumbung.knowledge.domain.articles.writing import Text, revise
from lumbung.knowledge.models import Article, ArticleImport
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/staff/knowledge/articles/imports"
WIKI = wiki(
    wiki_page("Perpanjangan", "'''Dua kali'''.", before="Dewi"), wiki_page("Denda", "Per hari."), wiki_page("Kosong", "")
)


@pytest.fixture
def sari_in(sari: Any, signed_in: Any) -> Client:
    LibraryFactory()
    return signed_in(Client(), sari)


def brought(client: Client, name: str, content: bytes, size: int = 1_000) -> ArticleImport:
    """A file sent as the browser sends it, a piece at a time."""
    for at in range(client.get(f"{HERE}/upload", {"name": name}).json()["received"], len(content), size):
        piece = SimpleUploadedFile(name, content[at : at + size])
        told = client.post(f"{HERE}/upload", {"name": name, "at": at, "size": len(content), "piece": piece})
        assert told.json()["received"] == min(at + size, len(content))
    return ArticleImport.objects.latest("pk")


def page_of(client: Client, run: ArticleImport, **asked: str) -> str:
    return client.get(f"{HERE}/{run.pk}", asked).content.decode()


def test_a_wiki_is_read_first_then_stored_and_taken_back_while_the_page_may_be_left(sari, sari_in):
    run = brought(sari_in, "wiki.xml", WIKI)
    waiting = page_of(sari_in, run)
    assert all(part in waiting for part in ("Sedang dibaca", "Halaman ini boleh ditinggalkan", 'hx-trigger="every 2s"'))
    assert "wiki.xml" in sari_in.get(HERE).content.decode()
    work_off()
    read = page_of(sari_in, run)
    assert all(part in read for part in ("belum ada yang disimpan", "Simpan sekarang", "Perpanjangan", "kosong"))
    assert ("every 2s" in read, Article.objects.count()) == (False, 0)
    assert ("Perpanjangan" in page_of(sari_in, run, fate="unread"), "Kosong" in page_of(sari_in, run, fate="unread")) == (
        False,
        True,
    )
    sari_in.post(f"{HERE}/{run.pk}/storing")
    assert "Sedang disimpan" in page_of(sari_in, run)
    work_off()
    article = Article.objects.get(title="Perpanjangan")
    assert f"/staff/knowledge/articles/{article.pk}" in page_of(sari_in, run)
    assert all(part in sari_in.get(f"/staff/knowledge/articles/{article.pk}").content.decode() for part in ("Dua kali", "Dewi"))
    revise(article, Text("Perpanjangan", "", "Tiga kali."), based_on=1, by=sari)
    sari_in.post(f"{HERE}/{run.pk}/undo")
    work_off()
    assert "1 artikel dihapus, 1 dibiarkan" in page_of(sari_in, run)
    assert list(Article.objects.values_list("title", flat=True)) == ["Perpanjangan"]


def test_a_folder_without_scripts_comes_whole_and_may_be_let_go_unstored(sari_in):
    folder = packed({"a.md": "# Jam buka\n\nIsi", "b.exe": "MZ"})
    told = sari_in.post(f"{HERE}/upload", {"piece": SimpleUploadedFile("kb.zip", folder)}, follow=True)
    assert "sedang dibaca" in told.content.decode()
    run = ArticleImport.objects.get()
    work_off()
    assert sari_in.post(f"{HERE}/{run.pk}/removal", follow=True).redirect_chain == [(HERE, 302)]
    assert not ArticleImport.objects.exists()
    assert sari_in.post(f"{HERE}/upload", {"piece": SimpleUploadedFile("nol.zip", b"")}).status_code == 302
    assert not ArticleImport.objects.exists()


def test_who_may_bring_a_wiki(sari_in, signed_in, with_role, ani):
    run = brought(sari_in, "wiki.xml", WIKI)
    work_off()
    for user in (with_role("circulation"), ani.user):
        other = signed_in(Client(), user)
        pages = [HERE, f"{HERE}/{run.pk}", f"{HERE}/upload"]
        assert [other.get(page).status_code for page in pages] == [403] * 3
        posts = [f"{HERE}/{run.pk}/{verb}" for verb in ("storing", "undo", "removal")]
        assert [other.post(page).status_code for page in posts] == [403] * 3
    assert ArticleImport.objects.get().state == "tried"


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_few_questions_for_any_number(sari_in, django_assert_max_num_queries, count):
    for n in range(count):
        run = brought(sari_in, f"{n}.xml", wiki(*(wiki_page(f"Halaman {n} {m}", "Isi.") for m in range(count))))
    work_off()
    for page in (HERE, f"{HERE}/{run.pk}"):
        with django_assert_max_num_queries(10):
            sari_in.get(page)
