"""A folder or a wiki comes in: looked through first, credited, and taken back."""

import io
import zipfile

import pytest

from lumbung.formats.prose.tests.test_reading import packed, paragraph, wiki, wiki_page, word
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles.arriving import begin_undoing
from lumbung.knowledge.domain.articles.writing import Text, revise
from lumbung.knowledge.models import Article
from lumbung.knowledge.queries.finding import find
from lumbung.knowledge.tests.making import bring_in, look_through, undo_import

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
FOLDER = packed(
    {
        "sop/denda.md": "# Denda\n\nDihitung per hari.",
        "sop/lama.html": "<title>Lama</title><p>Isi",
        "a.exe": "MZ",
        "x.docx": "PK\x03\x04",
    }
)


def fates(run):
    return [(each.source, each.fate, each.title, each.because) for each in run.documents.all()]


def test_looking_through_stores_nothing_and_tells_what_becomes_of_each(sari):
    assert fates(look_through("sop.zip", FOLDER, by=sari)) == [
        ("sop/denda.md", "new", "Denda", ""), ("sop/lama.html", "new", "Lama", ""), ("x.docx", "unread", "", "broken"),
    ]  # fmt: skip
    assert not Article.objects.exists()
    assert fates(look_through("x.bin", b"\x00", by=sari)) == [("x.bin", "unread", "", "unknown")]
    assert fates(look_through("w.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><mediawiki/>', by=sari)) == [
        ("w.xml", "unread", "", "hostile")
    ]


def test_a_folder_may_hold_word_documents_and_a_wiki(sari):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as folder:
        folder.writestr("wiki/sop.docx", word(paragraph("Menerima buku hadiah.")))
        folder.writestr("wiki/isi.xml", wiki(wiki_page("Perpanjangan", "Isi."), wiki_page("Denda", "Isi.")))
        folder.writestr("wiki/lain.xml", "<rss/>")
    assert fates(look_through("wiki.zip", made.getvalue(), by=sari)) == [
        ("wiki/sop.docx", "new", "sop", ""), ("Perpanjangan", "new", "Perpanjangan", ""), ("Denda", "new", "Denda", ""),
    ]  # fmt: skip


def test_what_is_new_becomes_drafts_of_the_importer_alone_and_can_be_found(sari, with_role):
    run = bring_in("sop.zip", FOLDER, by=sari)
    assert list(Article.objects.order_by("pk").values_list("title", "state", "circle")) == [
        ("Denda", "draft", "me"),
        ("Lama", "draft", "me"),
    ]
    assert [each.title for each in find("denda", sari)] == ["Denda"]
    assert find("denda", with_role("librarian")) == []
    assert fates(look_through("lagi.md", b"# DENDA\n\nLagi.", by=sari))[0][1] == "same"
    with pytest.raises(Refused) as refused:
        bring_in("lagi.md", b"# DENDA\n\nLagi.", by=sari)
    assert refused.value.codes == ["nothing_to_import"]
    assert run.documents.count() == 3


def test_everybody_who_wrote_a_page_of_a_wiki_is_named(sari):
    bring_in("wiki.xml", wiki(wiki_page("Perpanjangan", "Isi.", before="Dewi")), by=sari)
    assert [each.name for each in Article.objects.get().contributions.all()] == [sari.name, "Dewi", "Sari"]


def zipped(*members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in members:
            folder.writestr(name, content)
    return made.getvalue()


def test_pictures_and_links_of_a_folder_lead_to_what_became_of_them(sari):
    said = (
        "# Denda\n\n![Meja](../gambar/meja%20satu.png) ![luar](https://a.example/x.png) ![tiada](x.png)\n\n"
        "[perpanjangan](<../cara/perpanjang.html>) [sendiri](#b) [atas](../../../../etc/passwd)"
    )
    folder = zipped(
        ("kb/sop/denda.md", said),
        ("kb/cara/perpanjang.html", "<h1>Perpanjangan</h1><p><a href='../sop/denda.md#tarif'>denda</a>"),
        ("kb/gambar/meja satu.png", PNG),
        ("kb/gambar/palsu.png", "<svg onload=x>"),
    )
    run = bring_in("kb.zip", folder, by=sari)
    fine, renewal = Article.objects.get(title="Denda"), Article.objects.get(title="Perpanjangan")
    [kept] = fine.attachments.all()
    assert kept.name == "meja satu.png"
    assert f"![Meja](/staff/knowledge/articles/{fine.pk}/attachments/{kept.pk})" in fine.body
    assert f"[perpanjangan](/staff/knowledge/articles/{renewal.pk})" in fine.body
    assert all(part in fine.body for part in ("![tiada](x.png)", "[sendiri](#b)", "[atas](../../../../etc/passwd)"))
    assert renewal.body == f"[denda](/staff/knowledge/articles/{fine.pk})\n"
    assert fine.versions.get().body == fine.body
    assert undo_import(run, by=sari) == (2, 0)


def test_names_that_come_twice_and_texts_beyond_measure_break_nothing(sari):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(("a.md", "# Satu\n\nIsi"), ("a.md", "# Dua\n\nIsi"), ("besar.md", "# Besar\n\n" + "kata " * 120_000))
    run = bring_in("dua.zip", twice, by=sari)
    told = [(each.source, each.fate, each.because) for each in run.documents.all()]
    assert told == [("a.md", "new", ""), ("a.md (2)", "new", ""), ("besar.md", "unread", "too_large")]
    deep = wiki(wiki_page("Dalam", "{{" * 3000 + "}}" * 3000), wiki_page("Biasa", "Isi."), wiki_page("ꦱꦲ", "Isi."))
    bring_in("wiki.xml", deep, by=sari)
    assert set(Article.objects.values_list("title", flat=True)) == {"Satu", "Dua", "Dalam", "Biasa", "ꦱꦲ"}


def test_undoing_takes_what_nobody_touched_and_leaves_the_rest(sari):
    run = bring_in("sop.zip", FOLDER, by=sari)
    touched = Article.objects.get(title="Denda")
    revise(touched, Text("Denda", "", "Dihitung per hari buka.\n"), based_on=1, by=sari)
    assert undo_import(run, by=sari) == (1, 1)
    assert list(Article.objects.values_list("title", flat=True)) == ["Denda"]
    with pytest.raises(Refused) as refused:
        begin_undoing(run)
    assert refused.value.codes == ["already_undone"]
