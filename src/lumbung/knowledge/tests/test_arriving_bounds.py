"""What comes in is read where it lies, within bounds; work that was killed goes on, and two never do it at once."""

import io
import struct
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from lumbung.formats.prose import folders, mediawiki
from lumbung.formats.prose.folders import Folder
from lumbung.formats.prose.reading import Unreadable
from lumbung.formats.prose.tests.test_reading import Wiki, packed, wiki, wiki_page
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import killed_in
from lumbung.knowledge.domain.articles import arriving, documents
from lumbung.knowledge.domain.articles.arriving import begin_undoing, carry_out, forget_old_imports, start, try_out, undo
from lumbung.knowledge.models import Article, ArticleImport, ImportedDocument
from lumbung.knowledge.tests.making import bring_in, look_through

pytestmark = pytest.mark.django_db
States = ArticleImport.States
MANY = packed({f"{n:04}.md": f"# Judul {n}\n\nIsi [lain]({n - 1:04}.md)." for n in range(120)})


def codes(refused):
    return refused.value.codes


def test_there_is_no_limit_on_documents_but_on_bytes(sari, monkeypatch, tmp_path):
    many = wiki(*(wiki_page(f"Halaman {n}", "Isi.") for n in range(2_001)))
    run = look_through("wiki.xml", many, by=sari)
    assert (run.state, run.total, run.new, run.read) == (States.TRIED, 2_001, 2_001, len(many))
    monkeypatch.setattr(arriving, "LARGEST", 3 << 20)
    (tmp_path / "besar").write_bytes(b" " * ((3 << 20) + 1))
    (tmp_path / "kosong").touch()
    for name, code in (("besar", "import_large"), ("kosong", "import_empty")):
        with pytest.raises(Refused) as refused:
            arriving.open_import(tmp_path / name, name=name, by=sari)
        assert codes(refused) == [code]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_committed", [True, False])
def test_what_was_killed_in_the_middle_goes_on_and_makes_no_doubles(sari, is_committed):
    run = start(look_through("kb.zip", MANY, by=sari), by=sari)
    whole = arriving._store

    def until_the_power_goes(run, some, taken):
        whole(run, some, taken)
        if run.done >= 50:
            if is_committed:
                transaction.on_commit(killed, robust=False)
            else:
                killed()

    def killed():
        import os  # noqa: PLC0415 -- in a process of its own
        import signal  # noqa: PLC0415 -- the same

        os.kill(os.getpid(), signal.SIGKILL)

    def in_the_dark():
        arriving._store = until_the_power_goes
        carry_out(ArticleImport.objects.get(pk=run.pk))

    killed_in(in_the_dark)
    left = ArticleImport.objects.get(pk=run.pk)
    assert (left.state, left.done, Article.objects.count()) == (States.RUNNING, *((100, 100) if is_committed else (50, 50)))
    carry_out(ArticleImport.objects.get(pk=run.pk))
    done = ArticleImport.objects.get(pk=run.pk)
    assert (done.state, done.came, done.done, done.stored_file) == (States.FINISHED, 120, 120, "")
    titles = list(Article.objects.order_by("pk").values_list("title", flat=True))
    assert titles == [f"Judul {n}" for n in range(120)]
    first, second = Article.objects.order_by("pk")[:2]
    assert second.body == f"Isi [lain](/staff/knowledge/articles/{first.pk}).\n"
    assert not default_storage.exists(run.stored_file)


def test_reading_and_undoing_go_on_where_they_were_left_too(sari, monkeypatch):
    run = look_through("kb.zip", MANY, by=sari)
    run.documents.filter(position__gt=50).delete()
    ArticleImport.objects.filter(pk=run.pk).update(state=States.TRYING, done=50, new=50, total=0)
    again = try_out(ArticleImport.objects.get(pk=run.pk))
    assert (again.state, again.total, again.new, again.documents.count()) == (States.TRIED, 120, 120, 120)
    done = begin_undoing(carry_out(start(again, by=sari)))
    stale = ArticleImport.objects.get(pk=done.pk)
    monkeypatch.setattr(arriving, "_take_back", lambda keys: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        undo(ArticleImport.objects.get(pk=done.pk), by=sari)
    monkeypatch.undo()
    gone = undo(ArticleImport.objects.get(pk=done.pk), by=sari)
    assert (gone.state, gone.removed, gone.kept, Article.objects.count()) == (States.UNDONE, 120, 0, 0)
    with pytest.raises(Refused) as refused:
        undo(stale, by=sari)
    assert codes(refused) == ["import_elsewhere"]


def test_two_never_do_the_same_work_and_what_is_under_way_can_be_taken_back(sari):
    run = start(look_through("kb.zip", MANY, by=sari), by=sari)
    with pytest.raises(Refused) as refused:
        start(run, by=sari)
    assert codes(refused) == ["import_under_way"]
    begin_undoing(run)
    with pytest.raises(Refused) as refused:
        carry_out(run)
    assert (codes(refused), Article.objects.count()) == (["import_elsewhere"], 0)
    undo(ArticleImport.objects.get(pk=run.pk), by=sari)
    assert ArticleImport.objects.get().state == States.UNDONE


def test_a_title_that_was_taken_meanwhile_does_not_come_twice(sari):
    run = look_through("kb.zip", packed({"a.md": "# Denda\n\nIsi", "b.md": "# Jam\n\nIsi"}), by=sari)
    bring_in("denda.md", b"# DENDA\n\nLain.", by=sari)
    done = carry_out(start(run, by=sari))
    assert (done.came, done.new, done.same) == (1, 1, 1)
    assert list(done.documents.values_list("fate", flat=True)) == ["same", "new"]


def test_what_was_read_and_never_stored_is_forgotten_after_a_while(sari, django_capture_on_commit_callbacks):
    old, fresh = look_through("a.md", b"# A\n\nIsi", by=sari), look_through("b.md", b"# B\n\nIsi", by=sari)
    ArticleImport.objects.filter(pk=old.pk).update(at=clock.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_imports() == 1
    assert list(ArticleImport.objects.all()) == [fresh]
    assert (default_storage.exists(old.stored_file), default_storage.exists(fresh.stored_file)) == (False, True)


def test_memory_does_not_grow_with_the_wiki(sari, tmp_path):
    """However many pages are looked through, one of them is held, and its line of the report until its stretch is stored."""

    def most_held(pages):
        path = tmp_path / f"{pages}.xml"
        dump = Wiki(pages, versions=3, length=9_000)
        with path.open("wb") as file:
            while piece := dump.read(1 << 16):
                file.write(piece)
        run = arriving.open_import(path, name=path.name, by=sari)
        tracemalloc.start()
        assert try_out(run).total == pages
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most_held(5)
    assert most_held(300) < most_held(60) + 500_000


class Endless(io.RawIOBase):
    """One version without end."""

    def __init__(self):
        self.begun, self.told = False, 0

    def read(self, size=-1):
        self.told += size
        piece, self.begun = (b"x" * size if self.begun else b"<mediawiki><page><title>A</title><revision><text>"), True
        return piece


def test_a_page_without_end_and_elements_without_end_are_refused_early():
    endless = Endless()
    with pytest.raises(Unreadable, match="too_large"):
        list(mediawiki.articles(endless))
    assert endless.told < mediawiki.MOST_AT_ONCE + 100_000
    with pytest.raises(Unreadable, match="broken"):
        list(mediawiki.articles(io.BytesIO(b"<mediawiki>" + b"<page>" * 200)))


def test_a_page_that_is_too_long_costs_itself_alone(sari):
    run = look_through("w.xml", wiki(wiki_page("Panjang", "kata " * 500_000), wiki_page("Biasa", "Isi.")), by=sari)
    assert list(run.documents.values_list("source", "fate", "because")) == [
        ("Panjang", "unread", "too_large"), ("Biasa", "new", ""),
    ]  # fmt: skip


def test_bombs_cost_nothing(sari, monkeypatch):
    bomb = packed({"a.md": "# A\n\nIsi", "nol.md": b"\0" * (300 << 20)})
    tracemalloc.start()
    run = look_through("bom.zip", bomb, by=sari)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(run.documents.values_list("source", "fate", "because")) == [
        ("a.md", "new", ""),
        ("nol.md", "unread", "too_large"),
    ]
    assert peak < 20 << 20
    monkeypatch.setattr(folders, "LARGEST_UNPACKED", 200 << 20)
    told = look_through("bom.zip", bomb, by=sari)
    assert list(told.documents.values_list("source", "because")) == [("bom.zip", "too_large")]


def test_a_list_of_files_beyond_measure_is_not_even_read(monkeypatch):
    content = packed({f"{n}.md": "" for n in range(50)})
    monkeypatch.setattr(folders, "LARGEST_LIST", 500)
    with pytest.raises(Unreadable, match="too_large"):
        Folder(io.BytesIO(content))
    monkeypatch.undo()
    assert len(Folder(io.BytesIO(content)).files) == 50
    end = content.rindex(b"PK\x05\x06")
    large = content[:end] + b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1) + content[end:]
    for damaged, code in ((large, "too_large"), (b"PK\x03\x04" + b"x" * 500, "broken"), (content[:-30], "broken")):
        with pytest.raises(Unreadable, match=code):
            Folder(io.BytesIO(damaged))


def test_what_does_not_unpack_by_so_many_bytes_is_not_unpacked(sari):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as folder:
        folder.writestr("a.md", "# A\n\nIsi")
    run = look_through("lain.zip", made.getvalue(), by=sari)
    assert list(run.documents.values_list("source", "because")) == [("a.md", "broken")]


def test_pictures_of_one_document_have_their_measure_together(sari, monkeypatch):
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 400 + b"IEND\xaeB`\x82"
    monkeypatch.setattr(documents, "MOST_OF_PICTURES", 600)
    run = look_through("kb.zip", packed({"a.md": "# A\n\n![x](1.png) ![y](2.png)", "1.png": png, "2.png": png}), by=sari)
    assert ImportedDocument.objects.get(run=run).left_out == ["2.png"]
