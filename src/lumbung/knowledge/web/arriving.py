"""A folder or a wiki comes in: brought in pieces, looked through, stored, taken back. The work is done in the background."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.pieces import inbox_of
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.pieces import received
from lumbung.knowledge.domain.articles import arriving
from lumbung.knowledge.jobs import go_on_with_import
from lumbung.knowledge.models import ArticleImport, ImportedDocument
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever

LARGEST_GB = arriving.LARGEST >> 30


@intranet(MANAGE)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The imports there were, and the way to bring a file."""
    page = page_of(ArticleImport.objects.select_related("by"), request)
    return render(request, "knowledge/article_imports.html", {"page": page, "most": LARGEST_GB})


@intranet(MANAGE)
def upload(request: HttpRequest) -> HttpResponse:
    """A file, in pieces or whole; it is looked through at once."""

    def finished(path: Path, name: str) -> None:
        try:
            run = arriving.open_import(path, name=name, by=whoever(request))
        finally:
            path.unlink(missing_ok=True)
        go_on_with_import.enqueue(run=run.pk)
        messages.success(request, _("Berkas sudah diterima dan sedang dibaca. Buka laporannya di bawah."))

    inbox = inbox_of(request.user, "article-imports")
    return received(request, inbox, finished, redirect("knowledge:article_imports"), largest=arriving.LARGEST)


@intranet(MANAGE)
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one import, document by document; for htmx only the part that moves."""
    run = get_object_or_404(ArticleImport.objects.select_related("by"), pk=pk)
    fate = request.GET.get("fate", "")
    lines = run.documents.filter(fate=fate) if fate in ImportedDocument.Fates.values else run.documents.all()
    template = "knowledge/article_import_state.html" if request.headers.get("HX-Request") else "knowledge/article_import.html"
    return render(request, template, {"run": run, "page": page_of(lines, request), "fate": fate})


@intranet(MANAGE)
@require_POST
def store(request: HttpRequest, pk: int) -> HttpResponse:
    arriving.start(get_object_or_404(ArticleImport, pk=pk), by=whoever(request))
    go_on_with_import.enqueue(run=pk)
    return redirect("knowledge:article_import", pk)


@intranet(MANAGE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    arriving.begin_undoing(get_object_or_404(ArticleImport, pk=pk))
    go_on_with_import.enqueue(run=pk, by=whoever(request).pk)
    return redirect("knowledge:article_import", pk)


@intranet(MANAGE)
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    arriving.discard(get_object_or_404(ArticleImport, pk=pk))
    messages.success(request, _("Berkas dihapus; tidak ada yang disimpan."))
    return redirect("knowledge:article_imports")
