"""How files are lent and their words read, for those who keep them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain.lending import end_e_loan, set_lending
from lumbung.digital.jobs import read_words
from lumbung.digital.models import ELoan, Lending
from lumbung.digital.permissions import KEEP, STAFF
from lumbung.digital.queries.files import titled
from lumbung.digital.queries.lending import lending_state, lendings, loans_among
from lumbung.digital.queries.reading import word_reading
from lumbung.digital.web.forms import LendingForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(KEEP)
def lending(request: HttpRequest, pk: int) -> HttpResponse:
    """How many may have the file at once, for how long; and who has it."""
    file = get_object_or_404(titled(), pk=pk)
    form = LendingForm(request.POST or None, instance=Lending.objects.filter(file=file).first())
    if form.is_valid():
        with reasons_shown_on(form):
            set_lending(file, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("digital:lending", pk)
    facts = {"file": file, "record": file.record, "state": lending_state(file, None), "reading": word_reading(file)}
    return form_page(request, "digital/lending.html", form, **facts)


@needs(KEEP)
@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the words of the file once more, in the background."""
    file = get_object_or_404(titled(), pk=pk)
    read_words.enqueue(file=file.pk)
    messages.success(request, _("Teks berkas dibaca ulang di latar belakang."))
    return redirect("digital:lending", pk)


@needs(STAFF)
@require_safe
def loans(request: HttpRequest) -> HttpResponse:
    """Every lent file with its places, and the loans of today."""
    page = page_of(lendings(), request)
    facts = {"page": page, "lendings": page.object_list, "loans": loans_among([each.pk for each in page.object_list])}
    return render(request, "digital/e_loans.html", facts)


@needs(STAFF)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a loan before its time."""
    end_e_loan(get_object_or_404(ELoan.objects.select_related("lending__file"), pk=pk), by=request.user)
    messages.success(request, _("Pinjaman diakhiri; tempatnya ditawarkan kepada yang menunggu."))
    return redirect("digital:e_loans")
