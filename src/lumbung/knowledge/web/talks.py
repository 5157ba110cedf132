"""The morning talk, its plan, the signals and the feeds they come from, and incidents."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.kernel import clock
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.knowledge.domain import incidents, signals, talks
from lumbung.knowledge.domain.agenda import bring_up
from lumbung.knowledge.domain.feeds import add_feed, change_feed, take_news
from lumbung.knowledge.models import Feed, Incident, Signal, TalkPlan
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries.sessions import sessions_visible_to
from lumbung.knowledge.queries.signals import incidents_visible_to, signals_visible_to
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import TopicInput
from lumbung.knowledge.work_kinds import describe_incidents
from lumbung.organization.queries import library


class FeedForm(FormForVerb):
    url = forms.URLField(label=gettext_lazy("Alamat umpan (RSS atau Atom)"), max_length=300, assume_scheme="https")

    class Meta:
        model = Feed
        fields = ("name", "url", "category", "is_active")

    def validate_unique(self) -> None:
        """The verb says whether the address is there already."""


class PlanForm(forms.Form):
    is_on = forms.BooleanField(label=gettext_lazy("Obrolan pagi diadakan"), required=False)
    starts = forms.TimeField(label=gettext_lazy("Jam mulai"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes_long = forms.IntegerField(label=gettext_lazy("Lama (menit)"), min_value=5, max_value=120)
    place = forms.CharField(label=pgettext_lazy("knowledge", "Tempat"), max_length=120, required=False)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Hari"),
        choices=[(str(n), name) for n, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_weekdays(self) -> str:
        return "".join(sorted(self.cleaned_data["weekdays"]))


class IncidentForm(FormForVerb):
    class Meta:
        model = Incident
        fields = ("title", "text", "topic")
        widgets: ClassVar = {"topic": TopicInput()}


@intranet()
@require_http_methods(["GET", "HEAD", "POST"])
def today(request: HttpRequest) -> HttpResponse:
    """Today's talk. A POST makes it if it is not there, and takes in what came since; whoever only comes by is offered to."""
    day = clock.today(library().zone)
    if request.method == "POST":
        return redirect("knowledge:session", talks.prepare(day, by=whoever(request)).pk)
    if (there := sessions_visible_to(request.user).filter(talk_on=day).first()) is not None:
        return redirect("knowledge:session", there.pk)
    return render(request, "knowledge/talk_today.html", {"plan": TalkPlan.objects.first()})


@intranet()
@require_safe
def list_of_signals(request: HttpRequest) -> HttpResponse:
    """What is new and not settled; and how the feeds fare."""
    page = page_of(signals_visible_to(request.user).filter(state="new"), request, size=40)
    return render(
        request, "knowledge/signals.html", {"page": page, "feeds": Feed.objects.all(), "plan": TalkPlan.objects.first()}
    )


@intranet()
@require_POST
def signal_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    point = signals.put_on_agenda(get_object_or_404(signals_visible_to(request.user), pk=pk), by=whoever(request))
    messages.success(request, _("Ditaruh di agenda “%(session)s”.") % {"session": point.session})
    return redirect("knowledge:signals")


@intranet()
@require_POST
def signal_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    signals.dismiss(get_object_or_404(Signal, pk=pk), by=whoever(request))
    return redirect("knowledge:signals")


@intranet(MANAGE)
def plan(request: HttpRequest) -> HttpResponse:
    shown = TalkPlan.objects.first() or TalkPlan(pk=1)
    told: dict[str, Any] = {name: getattr(shown, name) for name in ("is_on", "starts", "minutes_long", "place")}
    form = PlanForm(request.POST or None, initial={**told, "weekdays": list(shown.weekdays)})
    if form.is_valid():
        with reasons_shown_on(form):
            talks.change_plan(**form.cleaned_data, by=whoever(request))
            messages.success(request, _("Rencana obrolan pagi disimpan."))
            return redirect("knowledge:signals")
    return form_page(request, "knowledge/talk_plan.html", form)


@intranet(MANAGE)
def feed_new(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST or None, initial={"is_active": True})
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_feed(**form.cleaned_data, by=whoever(request))
            _tell_news(request, added)
            return redirect("knowledge:signals")
    return form_page(request, "knowledge/feed_form.html", form)


@intranet(MANAGE)
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Feed, pk=pk)
    form = FeedForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            _tell_news(request, change_feed(shown, **form.cleaned_data, by=whoever(request)))
            return redirect("knowledge:signals")
    return form_page(request, "knowledge/feed_form.html", form, feed=shown)


def _tell_news(request: HttpRequest, feed: Feed) -> None:
    """Ask it at once, so that a wrong address is seen where it was typed."""
    count = take_news(feed, by=whoever(request)) if feed.is_active else 0
    if feed.failure:
        messages.error(request, _("Disimpan, tetapi umpan itu belum terbaca: %(why)s") % {"why": feed.failure})
    else:
        messages.success(
            request, ngettext("Disimpan. %(count)s berita baru.", "Disimpan. %(count)s berita baru.", count) % {"count": count}
        )


@intranet()
@once
def list_of_incidents(request: HttpRequest) -> HttpResponse:
    """The incidents, and the form to write one down in one sentence."""
    form = IncidentForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            incidents.report(**form.cleaned_data, by=whoever(request))
            messages.success(request, _("Insiden dicatat; ia akan muncul di agenda obrolan pagi berikutnya."))
            return redirect("knowledge:incidents")
    return form_page(request, "knowledge/incidents.html", form, page=page_of(incidents_visible_to(request.user), request))


@intranet()
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """One incident; a POST says how it was mended."""
    shown = get_object_or_404(incidents_visible_to(request.user), pk=pk)
    if request.method == "POST":
        incidents.solve(shown, recovery=request.POST.get("recovery", ""), by=whoever(request))
        messages.success(request, _("Insiden teratasi."))
        return redirect("knowledge:incident", pk)
    return render(request, "knowledge/incident.html", {"incident": shown, "thing": describe_incidents([pk], request.user)[pk]})


@intranet()
@require_POST
def incident_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(incidents_visible_to(request.user), pk=pk)
    point = bring_up(shown, shown.title, by=whoever(request), note=shown.text)
    messages.success(request, _("Ditaruh di agenda “%(session)s”.") % {"session": point.session})
    return redirect("knowledge:incident", pk)
