"""The page of an import: whose it is to store, and the way on where its work came to a halt."""

import html

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles import arriving
from lumbung.knowledge.models import Article, ArticleImport
from lumbung.knowledge.tests.making import bring_in, look_through

pytestmark = pytest.mark.django_db
States = ArticleImport.States
STORE, REMOVE, GO_ON = "Simpan sekarang", "Hapus berkas ini", "Lanjutkan pembatalan"


def page_of(client, run):
    return html.unescape(client.get(reverse("knowledge:article_import", args=[run.pk])).content.decode())


def press(client, run, door):
    return client.post(reverse(f"knowledge:article_import_{door}", args=[run.pk]))


def test_only_who_brought_a_file_stores_it_and_others_are_told_who(client, sari, with_role, signed_in):
    run, other = look_through("denda.md", b"# Denda\n\nIsi", by=sari), with_role(Role.HEAD)
    with pytest.raises(Refused) as refused:
        arriving.start(run, by=other)
    assert refused.value.codes == ["import_of_another"]
    signed_in(client, other)
    assert press(client, run, "store").status_code == 409
    work_off()
    run.refresh_from_db()
    assert (run.state, Article.objects.count()) == (States.TRIED, 0)
    page = page_of(client, run)
    assert STORE not in page
    assert "Hanya Sari Wulandari, yang membawa berkas ini, dapat menyimpannya" in page
    signed_in(client, sari)
    assert STORE in page_of(client, run)
    press(client, run, "store")
    work_off()
    assert [each.title for each in Article.objects.all()] == ["Denda"]


def test_a_file_whose_reading_came_to_a_halt_is_removed_from_its_page(
    client, sari, signed_in, django_capture_on_commit_callbacks
):
    run = look_through("denda.md", b"# Denda\n\nIsi", by=sari)
    ArticleImport.objects.filter(pk=run.pk).update(state=States.TRYING)
    signed_in(client, sari)
    assert REMOVE in page_of(client, run)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, run, "removal")
    assert (ArticleImport.objects.exists(), default_storage.exists(run.stored_file)) == (False, False)


def test_a_taking_back_that_came_to_a_halt_goes_on_from_its_page(client, sari, with_role, signed_in):
    run = arriving.begin_undoing(bring_in("denda.md", b"# Denda\n\nIsi", by=sari))
    work_off()  # its task was given up: nobody does it
    run.refresh_from_db()
    assert run.state == States.UNDOING
    signed_in(client, with_role(Role.HEAD))
    assert GO_ON in page_of(client, run)
    for _ in range(2):  # twice does no harm
        press(client, run, "undo")
    work_off()
    run.refresh_from_db()
    assert (run.state, run.removed, Article.objects.count()) == (States.UNDONE, 1, 0)
    assert GO_ON not in page_of(client, run)
    assert press(client, run, "undo").status_code == 409
