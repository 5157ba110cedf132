"""Communities: the list, one community, and what its people do there. Guests see theirs alone."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import communities as verbs
from lumbung.knowledge.models import Article, Community, Goal, Membership, Session
from lumbung.knowledge.permissions import ENTER, MANAGE
from lumbung.knowledge.queries import articles, questions
from lumbung.knowledge.queries import communities as queries
from lumbung.knowledge.tracing import describe
from lumbung.knowledge.web.article_forms import TopicBoxes
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever


class GroupForm(forms.ModelForm):
    topics = TopicBoxes()

    class Meta:
        model = Community
        fields: ClassVar = ["name", "kind", "summary"]

    def _post_clean(self) -> None:
        """The verb judges."""


class CharterForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=120)
    summary = forms.CharField(label=gettext_lazy("Ringkasan"), max_length=300, required=False)
    charter = forms.CharField(label=gettext_lazy("Piagam"), widget=forms.Textarea(attrs={"rows": 6}), required=False)
    topics = TopicBoxes()


class GoalForm(forms.Form):
    sentence = forms.CharField(label=gettext_lazy("Tujuan bersama"), max_length=200)
    wanted = forms.IntegerField(label=gettext_lazy("Target (berapa)"), min_value=1, max_value=1000, initial=1)
    due_on = Day(label=gettext_lazy("Tenggat"), required=False)


@intranet()
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """Every community and group, and those that are regular enough to become one."""
    rows = list(queries.communities().prefetch_related("topics"))
    mine = set(queries.communities_of(request.user).values_list("pk", flat=True))
    return render(request, "knowledge/communities.html", {"rows": [(each, each.pk in mine) for each in rows]})


@intranet()
@once
def new(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            begun = verbs.start_group(**form.cleaned_data, by=whoever(request))
            messages.success(request, _("Kelompok dimulai. Undang rekan dan jadwalkan pertemuan pertama."))
            return redirect("knowledge:community", begun.pk)
    return form_page(request, "knowledge/community_new.html", form)


def invited(user: Any, pk: int, **_places: Any) -> bool:
    """Whether this is a guest of the community."""
    held = queries.membership_of(user, pk) if user.pk else None
    return held is not None and held.role == Membership.Roles.GUEST


@intranet(invited=invited)
@require_safe
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """One community: charter, goals, people, what it made, when it meets, how regular it is."""
    shown = get_object_or_404(Community.objects.prefetch_related("topics", "goals"), pk=pk)
    held = queries.membership_of(request.user, pk)
    within = may(request.user, ENTER)
    density = queries.density(shown)
    people = shown.memberships.filter(left_at__isnull=True).select_related("person")
    context = {
        "community": shown,
        "held": held,
        "leads": may(request.user, MANAGE) or (held is not None and held.role == Membership.Roles.FACILITATOR),
        "people": [(each, density.partners.get(each.person_id, 0)) for each in people],
        "density": density,
        "regularity": queries.regularity(shown),
        "articles": articles.readable_by(request.user).filter(community=shown).exclude(state=Article.States.ARCHIVED)[:20],
        "questions": questions.readable_by(request.user).filter(community=shown)[:10],
        "coming": Session.objects.filter(community=shown, starts_at__gte=clock.now(), state="published").order_by("starts_at")[
            :5
        ],
        "held_sessions": Session.objects.filter(community=shown, state="closed")[:8] if within else [],
        "goal_form": GoalForm(),
        "thing": describe([("community", pk)], request.user).get(("community", pk)) if within else None,
    }
    return render(request, "knowledge/community.html", context)


@intranet()
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Community, pk=pk)
    initial = {"name": shown.name, "summary": shown.summary, "charter": shown.charter, "topics": shown.topics.all()}
    form = CharterForm(request.POST or None, initial=initial)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change_community(shown, **form.cleaned_data, by=whoever(request))
            messages.success(request, _("Piagam disimpan."))
            return redirect("knowledge:community", pk)
    return form_page(request, "knowledge/community_edit.html", form, community=shown)


@intranet()
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Join, leave, or become a community of practice."""
    shown, by = get_object_or_404(Community, pk=pk), whoever(request)
    if what == "join":
        verbs.join(shown, by=by)
    elif what == "leave":
        verbs.leave(shown, by, by=by)
    elif what == "promotion":
        verbs.become_community(shown, by=by)
        messages.success(request, _("Kelompok ini kini komunitas praktik."))
    return redirect("knowledge:community", pk)


@intranet()
@require_POST
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Community, pk=pk)
    verbs.invite_guest(
        shown, request.POST.get("username", ""), institution=request.POST.get("institution", ""), by=whoever(request)
    )
    messages.success(request, _("Tamu dapat membuka komunitas ini, dan hanya komunitas ini."))
    return redirect("knowledge:community", pk)


@intranet()
@require_POST
def removal(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    verbs.leave(get_object_or_404(Community, pk=pk), get_object_or_404(User, pk=person), by=whoever(request))
    messages.success(request, _("Anggota dikeluarkan."))
    return redirect("knowledge:community", pk)


@intranet()
@require_POST
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    form = GoalForm(request.POST)
    if form.is_valid():
        verbs.set_goal(get_object_or_404(Community, pk=pk), **form.cleaned_data, by=whoever(request))
        messages.success(request, _("Tujuan ditambahkan."))
    else:
        messages.error(request, _("Isi tujuan dan targetnya."))
    return redirect("knowledge:community", pk)


@intranet()
@require_POST
def goal(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    said = request.POST.get("reached", "")
    reached = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0  # noqa: PLR2004 -- fits a column
    verbs.move_goal(get_object_or_404(Goal, community=pk, pk=key), reached, by=whoever(request))
    return redirect("knowledge:community", pk)
