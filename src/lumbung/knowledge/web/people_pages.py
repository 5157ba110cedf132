"""The people of the portal: directory, a colleague's page, one's own, plans, thanks, awards, and the report of a span of time."""

import csv
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.knowledge.domain import evidence
from lumbung.knowledge.domain import people as verbs
from lumbung.knowledge.models import Award, AwardCriterion, Contribution, Expertise, PlanItem, Profile, Skill, Thanks
from lumbung.knowledge.permissions import LEAD
from lumbung.knowledge.queries import people as queries
from lumbung.knowledge.queries.articles import colleagues, readable_by, today
from lumbung.knowledge.queries.learning import progress_of, walks_visible_to
from lumbung.knowledge.queries.topics import topics
from lumbung.knowledge.queries.training import courses_by_skill, offered
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.organization.queries import library

LONGEST_SPAN = timedelta(days=366 * 2)


class ProfileForm(FormForVerb):
    class Meta:
        model = Profile
        fields: ClassVar = ["about", "needs", "hours_a_week", "is_available", "keeps_name"]


class SkillForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Keterampilan"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=Skill.Kinds)
    level = forms.TypedChoiceField(label=gettext_lazy("Tingkat"), choices=Skill.Levels, coerce=int, initial=2)


class PlanForm(forms.Form):
    goal = forms.CharField(label=gettext_lazy("Yang akan dipelajari"), max_length=200)
    way = forms.CharField(label=gettext_lazy("Caranya"), max_length=200, required=False)
    course = forms.ModelChoiceField(
        offered(), label=gettext_lazy("Pelatihan"), required=False, empty_label=gettext_lazy("tanpa pelatihan")
    )
    due_on = Day(label=gettext_lazy("Tenggat"), required=False)


class ThanksForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Terima kasih untuk apa"), max_length=300)
    badge = forms.ChoiceField(label=gettext_lazy("Lencana"), choices=Thanks.Badges, required=False)


class CriterionForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nama penghargaan"), max_length=120)
    text = forms.CharField(label=gettext_lazy("Untuk siapa"), max_length=300, required=False)
    measure = forms.ChoiceField(label=gettext_lazy("Dilihat dari"), choices=AwardCriterion.Measures)
    least = forms.IntegerField(label=gettext_lazy("Paling sedikit, dalam setahun"), min_value=1, max_value=1000, initial=1)


class SpanForm(forms.Form):
    first = Day(label=gettext_lazy("Dari tanggal"))
    last = Day(label=gettext_lazy("Sampai tanggal"))


@intranet()
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The directory by name, or who knows about one topic, by evidence."""
    said = request.GET.get("topic", "")
    every = list(topics())
    chosen = next((each for each in every if said.isdigit() and each.pk == int(said[:9])), None)
    context: dict[str, Any] = {"topics": every, "chosen": chosen}
    if chosen:
        context["experts"] = [(each, told(each)) for each in queries.experts_on(chosen)]
    else:
        context["colleagues"] = queries.directory()
    return render(request, "knowledge/people.html", context)


def told(row: Expertise) -> str:
    return told_of(row.evidence)


def told_of(counts: Mapping[str, int]) -> str:
    """The evidence in words, in the order of its sources: menulis 3, menjawab 2."""
    return ", ".join(f"{each.label} {counts[each.name]}" for each in evidence.registered() if each.name in counts)


@intranet()
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague: what they know, can, wrote; the way to ask or thank them. What is one's own alone, others do not see."""
    shown = get_object_or_404(colleagues(), pk=pk)
    own = shown.pk == request.user.pk
    known = Expertise.objects.filter(person=shown).select_related("topic")
    plans = PlanItem.objects.filter(person=shown).select_related("leader", "course") if own or may(request.user, LEAD) else None
    context = {
        "person": shown,
        "own": own,
        "profile": Profile.objects.filter(person=shown).first(),
        "known": [(each, told(each)) for each in (known if own else known.exclude(state="declined"))],
        "skills": Skill.objects.filter(person=shown),
        "articles": queries.published_by(shown, request.user)[:15],
        "thanks": Thanks.objects.filter(person=shown).select_related("by", "article")[:10],
        "awards": queries.shown_awards(shown, request.user),
        "plans": plans,
        "learning": progress_of(list(walks_visible_to(request.user).filter(person=shown)[:10])),
        "today": today(),
        "thanks_form": ThanksForm(),
        "plan_form": PlanForm(),
        "skill_form": SkillForm(),
        **(_own_time(shown) if own else {}),
    }
    return render(request, "knowledge/person.html", context)


def _own_time(shown: User) -> dict[str, Any]:
    """What only its owner sees: the time noted this month, and sessions whose time is not."""
    first = today().replace(day=1)
    times = queries.times_of(shown, first, first + timedelta(days=31))
    return {"times": times, "shared_minutes": sum(each.minutes for each in times), "unnoted": queries.unnoted_sessions(shown)}


@intranet()
def own_profile(request: HttpRequest) -> HttpResponse:
    by = whoever(request)
    form = ProfileForm(request.POST or None, instance=Profile.objects.filter(person=by).first())
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change_profile(**form.cleaned_data, by=by)
            messages.success(request, _("Profil disimpan."))
            return redirect("knowledge:person", by.pk)
    return form_page(request, "knowledge/profile_edit.html", form)


@intranet()
@require_POST
def skills(request: HttpRequest) -> HttpResponse:
    form, by = SkillForm(request.POST), whoever(request)
    if form.is_valid():
        verbs.set_skill(**form.cleaned_data, by=by)
    return redirect("knowledge:person", by.pk)


@intranet()
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Every skill, hard and soft, with who has it and how far, and what people want to learn."""
    wanted = Profile.objects.exclude(needs="").filter(person__is_active=True).select_related("person")
    courses = courses_by_skill()
    matrix = [(name, skills, courses.get(name.casefold(), [])) for name, skills in queries.skills_matrix().items()]
    return render(request, "knowledge/skills.html", {"matrix": matrix, "wanted": wanted})


@intranet()
@require_POST
def expertise(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline what was proposed of oneself."""
    row = get_object_or_404(Expertise, pk=pk, person=request.user)
    verbs.answer_expertise(row, is_mine=request.POST.get("answer") == "yes", by=whoever(request))
    return redirect("knowledge:person", row.person_id)


@intranet()
@require_POST
@once
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    shown, form = get_object_or_404(colleagues(), pk=pk), ThanksForm(request.POST)
    text, badge = request.POST.get("text", ""), request.POST.get("badge", "")
    about = readable_by(request.user).filter(pk=key_in(request.POST.get("article"))).first()
    said = form.cleaned_data["text"] if form.is_valid() else text[:300]
    verbs.thank(shown, said, badge=badge, article=about, by=whoever(request))
    messages.success(request, _("Ucapan terima kasih tampil di halamannya."))
    return redirect("knowledge:article", about.pk) if about else redirect("knowledge:person", pk)


@intranet()
@require_POST
def plans(request: HttpRequest, pk: int) -> HttpResponse:
    form = PlanForm(request.POST)
    if form.is_valid():
        verbs.plan(get_object_or_404(User, pk=pk), **form.cleaned_data, by=whoever(request))
        messages.success(request, _("Rencana ditambahkan."))
    else:
        messages.error(request, _("Tuliskan apa yang akan dipelajari."))
    return redirect("knowledge:person", pk)


@intranet()
@require_POST
def plan_done(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    verbs.fulfil(get_object_or_404(PlanItem, person=pk, pk=key), request.POST.get("evidence", ""), by=whoever(request))
    messages.success(request, _("Selesai dipelajari, dengan buktinya."))
    return redirect("knowledge:person", pk)


@intranet()
@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """Awards that were agreed to, and for the head the criteria with their candidates."""
    leads = may(request.user, LEAD)
    criteria = [(each, queries.candidates(each)) for each in AwardCriterion.objects.filter(is_active=True)] if leads else []
    shown = Award.objects.filter(agreed_at__isnull=False).select_related("criterion", "person")[:30]
    waiting = Award.objects.filter(person=request.user.pk, agreed_at__isnull=True).select_related("criterion")
    context = {"criteria": criteria, "awards": shown, "waiting": waiting, "leads": leads, "form": CriterionForm()}
    return render(request, "knowledge/awards.html", context)


@intranet(LEAD)
@require_POST
def criteria(request: HttpRequest) -> HttpResponse:
    form = CriterionForm(request.POST)
    if form.is_valid():
        verbs.set_criterion(**form.cleaned_data, by=whoever(request))
        messages.success(request, _("Kriteria disimpan."))
    else:
        messages.error(request, _("Isi nama dan ukurannya."))
    return redirect("knowledge:awards")


@intranet(LEAD)
@require_POST
@once
def award(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    verbs.give_award(get_object_or_404(AwardCriterion, pk=pk), get_object_or_404(colleagues(), pk=person), by=whoever(request))
    messages.success(request, _("Penghargaan dicatat. Rekan lain melihatnya sesudah yang bersangkutan setuju."))
    return redirect("knowledge:awards")


@intranet()
@require_POST
def award_agreed(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.agree(get_object_or_404(Award, pk=pk, person=request.user), by=whoever(request))
    messages.success(request, _("Penghargaan Anda kini tampil bagi rekan."))
    return redirect("knowledge:awards")


@intranet()
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody did in a span of time, for their appraisal: their own, or for whoever leads. ``form=csv`` gives a table."""
    shown = get_object_or_404(User, pk=pk)
    if shown.pk != request.user.pk and not may(request.user, LEAD):
        return render(request, "403.html", status=403)
    first, last = _span(request)
    zone = library().zone
    since, until = (datetime.combine(each, time.min, zone) for each in (first, last + timedelta(days=1)))
    rows = [(each, _deed(each.what)) for each in queries.deeds(shown, since, until)]
    if request.GET.get("form") == "csv":
        return _as_csv(shown, rows)
    form = SpanForm(initial={"first": first, "last": last})
    context = {"person": shown, "rows": rows, "first": first, "last": last, "form": form}
    return render(
        request, "knowledge/report.html", {**context, "shared_minutes": sum(each.minutes or 0 for each, _said in rows)}
    )


def _span(request: HttpRequest) -> tuple[date, date]:
    form = SpanForm(request.GET)
    if form.is_valid() and form.cleaned_data["first"] <= form.cleaned_data["last"]:
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        return max(first, last - LONGEST_SPAN), last
    return today().replace(month=1, day=1), today()


def _deed(what: str) -> str:
    """What was done, in the words of *kegiatan pustakawan*."""
    said = {
        Contribution.Parts.AUTHOR: _("Menulis artikel pengetahuan"),
        Contribution.Parts.EDITOR: _("Menyunting artikel pengetahuan"),
        Contribution.Parts.REVIEWER: _("Memeriksa dan menyetujui artikel"),
        Contribution.Parts.SOURCE: _("Menjadi narasumber artikel"),
        Contribution.Parts.DISCUSSANT: _("Menanggapi artikel"),
        "answered": _("Menjawab pertanyaan rekan"),
        "led": _("Memandu sesi berbagi pengetahuan"),
        "thanked": _("Menerima ucapan terima kasih"),
        "shared": _("Berbagi pengetahuan dalam jam kerja"),
    }
    return said.get(what, what)


def _as_csv(person: User, rows: list[tuple[queries.Deed, str]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kegiatan-{person.username}.csv"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow([_("Tanggal"), _("Nama"), _("Kegiatan"), _("Judul"), pgettext("knowledge", "Menit")])
    for each, said in rows:
        table.writerow([localtime(each.at).date().isoformat(), person.name, said, _plain(each.title), each.minutes or ""])
    return answer


def _plain(text: str) -> str:
    """No cell that a spreadsheet would calculate."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
