"""Writing down what was asked at the counter or by telephone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.desk.domain.finding import titles_for, titles_like, titles_of
from lumbung.desk.domain.log import Asked, log_question
from lumbung.desk.web.forms import MOST_TITLES, LogForm, keys_in
from lumbung.desk.web.guard import at_the_desk
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries as organization
from lumbung.search.unready import unanswered

_BRANCH = "desk_branch"
MOST_FOUND = 4


@at_the_desk
@once
def log(request: HttpRequest) -> HttpResponse:
    """One form; what is done with is closed at once, and the form is ready for the next."""
    form = LogForm(request.POST or None, initial={"branch": _offered(request)})
    if form.is_valid():
        with reasons_shown_on(form):
            told = dict(form.cleaned_data)
            branch = told.pop("branch")
            conversation = log_question(Asked(**told), at=branch, by=request.user)
            request.session[_BRANCH] = branch.pk
            if conversation.is_open:
                messages.success(request, _("Tercatat, dan masih terbuka di tangan Anda."))
                return redirect("desk:conversation", conversation.pk)
            messages.success(request, _("Tercatat. Siap untuk pertanyaan berikutnya."))
            return redirect(f"{reverse('desk:log')}?last={conversation.pk}")
    chosen = keys_in(request.POST.get("titles", "").split(","))[:MOST_TITLES]
    last = key_in(request.GET.get("last", ""))
    return form_page(request, "desk/log.html", form, last=last, **(titles_shown(chosen, "") if chosen else {}))


@at_the_desk
@require_POST
def titles(request: HttpRequest) -> HttpResponse:
    """Titles for what was asked, and others like those that were chosen, each one press away; nothing is written down yet."""
    chosen = keys_in([*request.POST.get("titles", "").split(","), *request.POST.getlist("title")])[:MOST_TITLES]
    facts = titles_shown(chosen, request.POST.get("question", ""))
    if request.headers.get("HX-Request"):
        return render(request, "desk/log_titles.html", facts)
    page = render(request, "desk/log.html", {"form": LogForm(initial=request.POST.dict()), **facts})
    return unanswered(request, page) if facts["unready"] else page


def titles_shown(chosen: list[int], question: str) -> dict[str, Any]:
    """What was chosen for whoever stands there, what is like it, and what else fits the words."""
    alike = titles_like(chosen)
    known = {*chosen, *(each.record for each in alike)}
    fitting = titles_for(question.replace("\0", "")[:200])
    found = [each for each in fitting or () if each.record not in known]
    facts = {"chosen": titles_of(chosen), "alike": alike, "found": found[:MOST_FOUND], "unready": fitting is None}
    return {**facts, "titles": ",".join(map(str, chosen)), "into": reverse("desk:log_titles"), "was_looked_for": True}


def _offered(request: HttpRequest) -> int | None:
    """The branch of the last question, else the one chosen at the circulation desk, else the front one."""
    if (last := request.session.get(_BRANCH)) is not None:
        return int(last)
    branch = organization.working_branch(request.session) or organization.front_branch()
    return branch.pk if branch is not None else None
