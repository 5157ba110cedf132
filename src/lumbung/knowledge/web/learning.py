"""Learning paths: which there are, their steps, and colleagues on them with whoever goes with them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import Role
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import UNPROCESSABLE, FormForVerb, form_page, reasons_shown_on
from lumbung.knowledge.domain.learning import paths as planning
from lumbung.knowledge.domain.learning import walking
from lumbung.knowledge.models import Article, LearningPath, PathStep
from lumbung.knowledge.permissions import LEAD, MANAGE
from lumbung.knowledge.queries import learning as queries
from lumbung.knowledge.queries.articles import readable_by, today
from lumbung.knowledge.queries.pages import known_pages
from lumbung.knowledge.queries.training import offered
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import PersonField

ROLES = [(value, label) for value, label in Role.choices if value != Role.MEMBER]


class PathForm(FormForVerb):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Hanya untuk peran"),
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tanpa pilihan: untuk semua petugas."),
    )
    mentor = PersonField(gettext_lazy("Pendamping"), required=False)

    class Meta:
        model = LearningPath
        fields: ClassVar = ["title", "aim", "days", "mentor", "for_arrivals", "roles", "is_active"]


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Jenis langkah"), choices=PathStep.Kinds)
    title = forms.CharField(
        label=gettext_lazy("Langkah"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Boleh kosong untuk pelatihan, artikel, dan kuis: judulnya dipakai."),
    )
    course = forms.ModelChoiceField(
        offered(), label=gettext_lazy("Pelatihan"), required=False, empty_label=gettext_lazy("tanpa pelatihan")
    )
    article = forms.ModelChoiceField(
        Article.objects.none(), label=gettext_lazy("Artikel"), required=False, empty_label=gettext_lazy("tanpa artikel")
    )
    address = forms.CharField(
        label=gettext_lazy("Alamat halaman di sini"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Untuk halaman bantuan dan yang dicoba sendiri, misalnya /help/search."),
        widget=forms.TextInput(attrs={"list": "pages-here"}),
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        """Articles are offered as far as all the staff may read them."""
        super().__init__(*args, **kwargs)
        shared = readable_by(viewer).filter(state=Article.States.PUBLISHED, circle__in=["staff", "public"])
        self.fields["article"].queryset = shared.defer("body").order_by("title")  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    person = PersonField(gettext_lazy("Rekan"))
    mentor = PersonField(gettext_lazy("Pendamping"), required=False)


@intranet()
@require_safe
def paths(request: HttpRequest) -> HttpResponse:
    """One's own way, the colleagues one goes with, and every path there is."""
    mine = list(queries.walks_visible_to(request.user).filter(person=request.user.pk))
    context = {
        "paths": queries.paths(),
        "mine": queries.progress_of(mine),
        "accompanied": queries.learning_around(request.user)[1],
        "today": today(),
        "resting": LearningPath.objects.filter(is_active=False) if may(request.user, MANAGE) else [],
    }
    return render(request, "knowledge/paths.html", context)


@intranet()
@require_safe
def path(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps of one path; and, for whoever plans or leads, who is on it and how far."""
    return _path_page(request, get_object_or_404(LearningPath.objects.select_related("mentor"), pk=pk))


@intranet(MANAGE)
@once
def path_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    shown = get_object_or_404(LearningPath, pk=pk) if pk else None
    form = PathForm(request.POST or None, instance=shown, initial=None if shown else {"is_active": True})
    if form.is_valid():
        with reasons_shown_on(form):
            by, told = whoever(request), form.cleaned_data
            done = planning.change_path(shown, **told, by=by) if shown else planning.add_path(**told, by=by)
            messages.success(request, _("Jalur disimpan."))
            return redirect("knowledge:path", done.pk)
    return form_page(request, "knowledge/path_form.html", form, path=shown)


@intranet(MANAGE)
@require_POST
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """One step more."""
    shown = get_object_or_404(LearningPath, pk=pk)
    form = StepForm(request.POST, viewer=request.user)
    if form.is_valid():
        with reasons_shown_on(form):
            planning.add_step(shown, **form.cleaned_data, by=whoever(request))
            return redirect(f"{reverse('knowledge:path', args=[pk])}#steps")
    return _path_page(request, shown, step_form=form)


@intranet(MANAGE)
@require_POST
def step(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Move a step up or down, or take it out."""
    chosen = get_object_or_404(PathStep.objects.select_related("path"), path=pk, pk=key)
    if "remove" in request.POST:
        planning.remove_step(chosen, by=whoever(request))
    else:
        planning.move_step(chosen, up="up" in request.POST, by=whoever(request))
    return redirect(f"{reverse('knowledge:path', args=[pk])}#steps")


@intranet()
@require_POST
def given(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the path oneself, or give it to a colleague."""
    shown, by = get_object_or_404(LearningPath, pk=pk), whoever(request)
    if "me" in request.POST:
        mentor = None if shown.mentor == by else shown.mentor
        walk = walking.give(shown, by, mentor=mentor, by=by)
        return redirect("knowledge:walk", walk.pk)
    form = GiveForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            walk = walking.give(shown, form.cleaned_data["person"], mentor=form.cleaned_data["mentor"], by=by)
            messages.success(request, _("%(name)s kini menempuh jalur ini.") % {"name": walk.person.name})
            return redirect("knowledge:path", pk)
    return _path_page(request, shown, give_form=form)


@intranet()
@require_safe
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague on a path, step by step."""
    shown = get_object_or_404(_walks(request), pk=pk)
    [progress] = queries.progress_of([shown])
    steers = may(request.user, MANAGE) or may(request.user, LEAD) or shown.mentor_id == request.user.pk
    context = {"progress": progress, "walk": shown, "own": shown.person_id == request.user.pk, "steers": steers}
    mentors = GiveForm(initial={"mentor": shown.mentor_id})
    return render(request, "knowledge/walk.html", {**context, "mentor_field": mentors["mentor"]})


@intranet()
@require_POST
def walk_step(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """The step is done, with what shows it; or it was not, after all."""
    shown = get_object_or_404(_walks(request), pk=pk)
    chosen = get_object_or_404(PathStep, path=shown.path_id, pk=key)
    if "back" in request.POST:
        walking.take_back_step(shown, chosen, by=whoever(request))
    else:
        done = walking.go_step(shown, chosen, evidence=request.POST.get("evidence", ""), by=whoever(request))
        if done.finished_at:
            messages.success(request, _("Semua langkah selesai. Selamat!"))
    return redirect("knowledge:walk", pk)


@intranet()
@require_POST
def walk_mentor(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(_walks(request), pk=pk)
    chosen = key_in(request.POST.get("mentor"))
    mentor = get_object_or_404(PersonField("").queryset, pk=chosen) if chosen else None  # type: ignore[arg-type]
    walking.accompany(shown, mentor, by=whoever(request))
    messages.success(request, _("Pendamping disimpan."))
    return redirect("knowledge:walk", pk)


@intranet()
@require_POST
def walk_left(request: HttpRequest, pk: int) -> HttpResponse:
    shown = walking.leave(get_object_or_404(_walks(request), pk=pk), by=whoever(request))
    messages.success(request, _("Jalur ditinggalkan. Yang sudah dipelajari tetap tercatat di tempatnya."))
    return redirect("knowledge:path", shown.path_id)


def _walks(request: HttpRequest) -> Any:
    """What this reader may see: those who plan learning see all, as those who lead do."""
    return queries.walks_visible_to(request.user, everybody=may(request.user, MANAGE))


def _path_page(request: HttpRequest, shown: LearningPath, **forms_back: Any) -> HttpResponse:
    plans = may(request.user, MANAGE) or may(request.user, LEAD)
    walks = list(_walks(request).filter(path=shown).order_by("finished_at", "due_on")[:100]) if plans else []
    context = {
        "path": shown,
        "steps": shown.steps.select_related("course", "article"),
        "roles": [label for value, label in ROLES if value in shown.roles],
        "mine": queries.walks_visible_to(request.user).filter(path=shown, person=request.user.pk).first(),
        "walks": queries.progress_of(walks),
        "plans": plans,
        "today": today(),
        "pages": [(reverse("knowledge:here", args=[name]), label) for name, label in known_pages()],
        "step_form": StepForm(viewer=request.user),
        "give_form": GiveForm(initial={"mentor": shown.mentor_id}),
        **forms_back,
    }
    return render(request, "knowledge/path.html", context, status=UNPROCESSABLE if forms_back else 200)
