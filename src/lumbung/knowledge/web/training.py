"""The catalogue of training: courses, their sessions with seats, certificates, and the page where anybody checks one."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.knowledge.domain import training as verbs
from lumbung.knowledge.domain.certificate_form import certificate
from lumbung.knowledge.models import Enrolment, Training
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries import training as queries
from lumbung.knowledge.queries.sessions import may_lead
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import Moment, PersonField
from lumbung.knowledge.web.sessions import led, visible
from lumbung.members.domain.clearance.letters import masked
from lumbung.organization.queries import library


class TrainingForm(FormForVerb):
    class Meta:
        model = Training
        fields: ClassVar = ["title", "field", "aim", "points", "hours", "skill", "is_offered"]
        widgets: ClassVar = {"points": forms.Textarea(attrs={"rows": 5})}


class OfferForm(forms.Form):
    starts_at = Moment(label=gettext_lazy("Mulai"))
    seats = forms.IntegerField(label=gettext_lazy("Kursi"), min_value=1, max_value=verbs.MOST_SEATS, initial=12)
    trainer = PersonField(gettext_lazy("Pelatih"))
    place = forms.CharField(label=pgettext_lazy("knowledge", "Tempat"), max_length=120, required=False)


@intranet()
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """What can be learnt here, by field; what is held soon; and what this person learnt."""
    rows = list(queries.offered())
    by_field = [(label, [each for each in rows if each.field == value]) for value, label in Training.Fields.choices]
    mine = list(queries.enrolments_of(request.user)[:30])
    context = {"by_field": by_field, "coming": queries.coming_trainings()[:20], "mine": mine}
    return render(request, "knowledge/courses.html", {**context, "enrolled": {each.session_id for each in mine}})


@intranet()
@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course: what it is for, when it is held, who plans to learn it."""
    shown = get_object_or_404(Training, pk=pk)
    mine = set(queries.enrolments_of(request.user).filter(session__course=shown).values_list("session", flat=True))
    context = {"course": shown, "coming": queries.coming_trainings().filter(course=shown), "enrolled": mine}
    held = shown.sessions.filter(state="closed").order_by("-starts_at")[:10]
    return render(
        request, "knowledge/course.html", {**context, "held": held, "planned": shown.plans.filter(done_at=None).count()}
    )


@intranet(MANAGE)
@once
def course_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    shown = get_object_or_404(Training, pk=pk) if pk else None
    form = TrainingForm(request.POST or None, instance=shown, initial=None if shown else {"is_offered": True, "hours": 2})
    if form.is_valid():
        with reasons_shown_on(form):
            by, told = whoever(request), form.cleaned_data
            done = verbs.change_course(shown, **told, by=by) if shown else verbs.add_course(**told, by=by)
            messages.success(request, _("Pelatihan disimpan."))
            return redirect("knowledge:course", done.pk)
    return form_page(request, "knowledge/course_form.html", form, course=shown)


@intranet(MANAGE)
@once
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it on a day, with seats."""
    shown = get_object_or_404(Training, pk=pk)
    form = OfferForm(request.POST or None, initial={"trainer": request.user.pk})
    if form.is_valid():
        with reasons_shown_on(form):
            held = verbs.offer(shown, **form.cleaned_data, by=whoever(request))
            messages.success(request, _("Pelatihan dijadwalkan; rekan dapat mendaftar."))
            return redirect("knowledge:session", held.pk)
    return form_page(request, "knowledge/course_offer.html", form, course=shown)


@intranet()
@require_POST
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a seat, or give it back."""
    session = visible(request, pk)
    if "leave" in request.POST:
        verbs.withdraw(session, by=whoever(request))
        messages.success(request, _("Kursi Anda dilepas."))
    else:
        verbs.enrol(session, by=whoever(request))
        messages.success(request, _("Anda terdaftar. Pengingatnya datang sehari sebelumnya."))
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    given = verbs.certify(led(request, pk), by=whoever(request))
    messages.success(
        request,
        ngettext("%(count)s sertifikat diterbitkan.", "%(count)s sertifikat diterbitkan.", len(given)) % {"count": len(given)},
    )
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def revocation(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Revoke a certificate with a reason, or take that back."""
    row = get_object_or_404(Enrolment, session=led(request, pk), pk=key)
    if "restore" in request.POST:
        verbs.restore(row, by=whoever(request))
        messages.success(request, _("Sertifikat %(number)s berlaku lagi.") % {"number": row.number})
    else:
        verbs.revoke(row, reason=request.POST.get("reason", ""), by=whoever(request))
        messages.success(
            request, _("Sertifikat %(number)s dicabut. Siapa pun yang memeriksanya diberi tahu.") % {"number": row.number}
        )
    return redirect("knowledge:session", pk)


@intranet()
@require_safe
def certificate_paper(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """The paper, for whoever earned it and whoever led the training; none of a revoked one."""
    given = Enrolment.objects.exclude(code="").filter(revoked_at=None).select_related("session__course")
    row = get_object_or_404(given, session=visible(request, pk), pk=key)
    if row.person_id != request.user.pk and not may_lead(request.user, row.session):
        raise PermissionDenied("certificate")
    path = reverse("knowledge_public:certificates")
    address = f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
    answer = HttpResponse(certificate(row, address=address), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{row.number.replace("/", "-")}.pdf"'
    return answer


@require_safe
def certificate_check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether we gave a certificate with this code, for anybody: without signing in, and from anywhere."""
    typed = code or request.GET.get("code", "")
    row = queries.certificate_with(typed) if typed else None
    context: dict[str, Any] = {"typed": typed[:40], "row": row, "name": masked(row.name) if row else "", "library": library()}
    return render(request, "knowledge/certificate_check.html", context, status=404 if typed and row is None else 200)
