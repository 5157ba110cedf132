"""Works for staff: which editions belong together; joined, set apart, and put back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain import work_places as verbs
from lumbung.catalogue.models import Record, WorkChange
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in

MOST = 200


@needs(SEE)
def work_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The work this record belongs to, with every edition of it, hidden ones too, and what librarians did to it."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    work = verbs.work_of(record)
    editions = list(verbs.editions_of(work)[:MOST]) if work else [record]
    context = {"record": record, "work": work, "editions": editions, "changes": verbs.changes_of(work)[:20] if work else []}
    return render(request, "catalogue/work.html", context)


@needs(EDIT)
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring another title, and all editions of its work, to this one."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    other = Record.objects.listed().filter(pk=key_in(request.POST.get("other"))).first()
    if other is None:
        messages.error(request, _("Tulis nomor judul lain yang ada di katalog."))
        return redirect("catalogue:work_of", pk)
    others = list(verbs.editions_of(verbs.work_of(other))) or [other]
    verbs.join_works(others, to=record, by=request.user)
    messages.success(request, _("Edisi disatukan. Dapat dibatalkan di bawah."))
    return redirect("catalogue:work_of", pk)


@needs(EDIT)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the ticked editions apart."""
    keys = [key_in(each) for each in request.POST.getlist("edition")]
    verbs.part_works(list(Record.objects.listed().filter(pk__in=keys)), by=request.user)
    messages.success(request, _("Edisi dipisahkan. Dapat dibatalkan di bawah."))
    return redirect("catalogue:work_of", keys[0])


@needs(EDIT)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    change = verbs.undo_work_change(get_object_or_404(WorkChange, pk=pk), by=request.user)
    messages.success(request, _("Perubahan karya dibatalkan."))
    there = Record.objects.filter(pk__in=change.before).values_list("pk", flat=True).first()
    if there is None:
        raise Http404
    return redirect("catalogue:work_of", there)
