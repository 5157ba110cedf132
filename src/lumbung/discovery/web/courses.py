"""Reading lists of courses: as students find them, and as their lecturer makes them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.digital.queries import Asker
from lumbung.discovery import citing
from lumbung.discovery.domain import courses as verbs
from lumbung.discovery.domain.reserves import ask_reserve
from lumbung.discovery.models import Course, CourseItem, CourseSection
from lumbung.discovery.queries import Results, search_records
from lumbung.discovery.queries import courses as lists
from lumbung.discovery.queries.lists import public_records
from lumbung.discovery.web.citations import file_of, remembering_style
from lumbung.discovery.web.list_pages import cited
from lumbung.discovery.web.readers import reader
from lumbung.kernel import clock
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.forms import Day, DayInput
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.organization.queries import library
from lumbung.search.documents import Query
from lumbung.search.unready import unanswered

LONGEST_QUESTION, FOUND_AT_ONCE = 200, 8
USUAL_TERM = timedelta(weeks=16)
TAKEN_OFF, OFFERED_FOR = "reading_taken_off", timedelta(hours=1)


class CourseForm(FormForVerb):
    class Meta:
        model = Course
        fields = ("code", "name", "term", "ends_on", "students", "note")
        widgets = {"ends_on": DayInput(), "note": forms.Textarea({"rows": 3})}  # noqa: RUF012 -- Django reads it once


class ReadingForm(forms.Form):
    record = forms.RegexField(
        r"^\s*(?:.*/records/)?(\d{1,18})/?\s*$",
        label=gettext_lazy("Judul di katalog"),
        help_text=gettext_lazy("Tempel alamat halaman judulnya, atau nomor di ujung alamat itu."),
        required=False,
        error_messages={"invalid": gettext_lazy("Alamat judulnya tidak dapat dibaca.")},
    )
    citation = forms.CharField(
        label=gettext_lazy("Atau tulis rujukan yang belum ada di katalog"), max_length=1000, required=False
    )
    chapter = forms.CharField(label=gettext_lazy("Bab atau halaman"), max_length=120, required=False)
    note = forms.CharField(label=gettext_lazy("Catatan untuk mahasiswa"), max_length=400, required=False)
    required = forms.BooleanField(label=gettext_lazy("Bacaan wajib"), required=False, initial=True)

    def clean_record(self) -> int | None:
        text = self.cleaned_data["record"].strip().rstrip("/")
        return int(text.rpartition("/")[2]) if text else None


class ChangeForm(forms.Form):
    chapter = forms.CharField(max_length=120, required=False)
    note = forms.CharField(max_length=400, required=False)
    required = forms.BooleanField(required=False)


class ReserveForm(forms.Form):
    copies = forms.IntegerField(label=gettext_lazy("Jumlah eksemplar"), min_value=1, max_value=50)
    until = Day(label=gettext_lazy("Sampai tanggal"))


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    page = page_of(lists.published_courses(words), request)
    return render(request, "discovery/courses.html", {"page": page, "words": words})


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(lists.published_courses(), pk=pk)
    weeks = lists.weeks_of(shown, request.user, Asker(request.user, address_of(request)))
    records = public_records(_records(weeks)) if "style" in request.GET else []
    facts = {"course": shown, "weeks": weeks, "may_change": lists.may_change(shown, request.user), **cited(request, records)}
    return remembering_style(request, render(request, "discovery/course.html", facts))


@require_safe
def course_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    shown = get_object_or_404(lists.published_courses(), pk=pk)
    records = public_records(_records(lists.weeks_of(shown, request.user)))
    return file_of(citing.works_of(records, request.build_absolute_uri("/records/")), form, f"kuliah-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def mine(request: HttpRequest) -> HttpResponse:
    form = CourseForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            made = verbs.make_course(by=reader(request), **form.cleaned_data)
            return redirect("discovery:my-course", pk=made.pk)
    facts = {
        "courses": lists.courses_of(request.user),
        "may_teach": lists.may_teach(request.user),
        "removed": _removed(request),
    }
    return form_page(request, "discovery/my_courses.html", form, **facts)


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    own = _own(request, pk)
    if request.method == "DELETE":
        verbs.remove_course(_ones_own(request, pk), by=reader(request))
        return redirect(f"/my/courses?removed={pk}")
    form = CourseForm(request.POST or None, instance=own)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change_course(own, by=reader(request), **form.cleaned_data)
            messages.success(request, _("Disimpan."))
            return redirect("discovery:my-course", pk=pk)
    facts = _facts(request, own)
    page = form_page(request, "discovery/my_course.html", form, reading_form=ReadingForm(), **facts)
    return page if facts.get("results", Results()).ready else unanswered(request, page)


@require_POST
@signed_in
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.restore_course(get_object_or_404(Course, pk=pk, lecturer=reader(request)), by=reader(request))
    return redirect("discovery:my-course", pk=pk)


@require_http_methods(["POST", "DELETE"])
@signed_in
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    own = _own(request, pk)
    if request.method == "DELETE":
        verbs.withdraw(own, by=reader(request))
    else:
        verbs.publish(own, by=reader(request))
        messages.success(request, _("Terbit. Mahasiswa menemukannya dengan kode atau nama mata kuliah."))
    return redirect("discovery:my-course", pk=pk)


@require_POST
@signed_in
@once
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    made = verbs.copy_course(_ones_own(request, pk), term=request.POST.get("term", "")[:40], ends_on=None, by=reader(request))
    messages.success(request, _("Disalin. Periksa semester dan tanggalnya, lalu terbitkan."))
    return redirect("discovery:my-course", pk=made.pk)


@require_POST
@signed_in
def sections(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.add_section(_own(request, pk), request.POST.get("name", ""), by=reader(request))
    return redirect(f"/my/courses/{pk}#bagian-baru")


@require_http_methods(["POST", "DELETE"])
@signed_in
def section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Add a reading to a section, move the section, or take it away."""
    found = get_object_or_404(CourseSection.objects.select_related("course"), pk=section, course=_own(request, pk))
    if request.method == "DELETE":
        verbs.remove_section(found, by=reader(request))
    elif (move := request.POST.get("move")) in {"up", "down"}:
        verbs.move_section(found, up=move == "up", by=reader(request))
    elif (form := ReadingForm(request.POST)).is_valid():
        verbs.add_reading(found, by=reader(request), **form.cleaned_data)
    else:
        _tell_faults(request, form)
    words = request.POST.get("q", "")[:LONGEST_QUESTION]
    asked = f"?{urlencode({'section': section, 'q': words})}" if words else ""
    return redirect(f"/my/courses/{pk}{asked}#bagian-{section}")


@require_http_methods(["POST", "DELETE"])
@signed_in
def reading(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Move or describe a reading, or take it off the list."""
    own = _own(request, pk)
    found = get_object_or_404(CourseItem.objects.select_related("section__course"), pk=item, section__course=own)
    if request.method == "DELETE":
        taken = _as_added(found)
        request.session[TAKEN_OFF] = taken | {"reserves": verbs.remove_reading(found, by=reader(request))}
    elif (move := request.POST.get("move")) in {"up", "down"}:
        verbs.move_reading(found, up=move == "up", by=reader(request))
    elif "copies" in request.POST:
        _ask_reserve(request, found)
    elif (form := ChangeForm(request.POST)).is_valid():
        verbs.change_reading(found, by=reader(request), **form.cleaned_data)
    else:
        _tell_faults(request, form)
    return redirect(f"/my/courses/{pk}#bagian-{found.section_id}")


@require_POST
@signed_in
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what was taken off this list last, as long as that is offered."""
    own = _own(request, pk)
    if (taken := _taken_off(request, own)) is None:
        messages.error(request, _("Bacaan itu tidak dapat dikembalikan lagi; tambahkan dari pencarian."))
        return redirect("discovery:my-course", pk=pk)
    section = own.sections.get(pk=taken["section"])
    verbs.put_back(section, reserves=taken["reserves"], by=reader(request), **taken["said"])
    del request.session[TAKEN_OFF]
    return redirect(f"/my/courses/{pk}#bagian-{section.pk}")


def _facts(request: HttpRequest, own: Course) -> dict[str, Any]:
    weeks = lists.weeks_of(own, request.user)
    return {
        "course": own,
        "weeks": weeks,
        "listed": set(_records(weeks)),
        "is_own": own.lecturer_id == reader(request).pk,
        "until": _usual_end(own),
        "taken": _taken_off(request, own),
        **_found(request),
    }


def _ask_reserve(request: HttpRequest, found: CourseItem) -> None:
    form = ReserveForm(request.POST)
    if form.is_valid():
        ask_reserve(found, by=reader(request), **form.cleaned_data)
        messages.success(request, _("Permintaan tandon dikirim ke pustakawan."))
    else:
        messages.error(request, _("Isi jumlah eksemplar dan tanggalnya."))


def _tell_faults(request: HttpRequest, form: forms.Form) -> None:
    messages.error(request, " ".join(str(each) for faults in form.errors.values() for each in faults))


def _found(request: HttpRequest) -> dict[str, Any]:
    """The titles found for one section, to be added with one click."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    if not words:
        return {}
    results = search_records(Query(words, size=FOUND_AT_ONCE, facets=()), request.user)
    return {"words": words, "results": results, "searched": key_in(request.GET.get("section"))}


def _as_added(item: CourseItem) -> dict[str, Any]:
    """What ``put_back`` needs, beside the reserves."""
    said = {
        "record": item.record_id,
        "citation": item.citation,
        "chapter": item.chapter,
        "note": item.note,
        "required": item.weight == CourseItem.Weights.REQUIRED,
        "place": item.section.items.filter(position__lt=item.position).count(),
    }
    until = (clock.now() + OFFERED_FOR).timestamp()
    return {"course": item.section.course_id, "section": item.section_id, "said": said, "until": until}


def _taken_off(request: HttpRequest, own: Course) -> dict[str, Any] | None:
    """What was taken off this list last; offered for an hour, while its section is there."""
    taken: dict[str, Any] | None = request.session.get(TAKEN_OFF)
    if taken is None or taken["course"] != own.pk or taken["until"] < clock.now().timestamp():
        return None
    return taken if own.sections.filter(pk=taken["section"]).exists() else None


def _usual_end(own: Course) -> date:
    """Until when copies are asked for unless somebody says otherwise: the end of the term, where it is to come."""
    today = clock.today(library().zone)
    return own.ends_on if own.ends_on and own.ends_on >= today else today + USUAL_TERM


def _own(request: HttpRequest, pk: int) -> Course:
    """The reader's own, or to a librarian anybody's."""
    return get_object_or_404(lists.courses_to_change(request.user), pk=pk)


def _ones_own(request: HttpRequest, pk: int) -> Course:
    return get_object_or_404(lists.courses_of(request.user), pk=pk)


def _removed(request: HttpRequest) -> Course | None:
    key = key_in(request.GET.get("removed"))
    gone = Course.objects.filter(lecturer=reader(request)).exclude(removed_at=None)
    return gone.filter(pk=key).first() if key else None


def _records(weeks: Any) -> list[int]:
    return list(dict.fromkeys(reading.row.pk for week in weeks for reading in week.readings if reading.row))
