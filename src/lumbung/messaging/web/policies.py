"""How the library writes unasked: quiet hours, budget, and the words of each message."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.messaging.domain import notices, policies, texts
from lumbung.messaging.models import Wording
from lumbung.messaging.permissions import SET_CHANNELS
from lumbung.messaging.web.forms import PolicyForm, WordingForm


@dataclass(frozen=True)
class Worded:
    """One message of the list, in one language."""

    code: str
    language: str
    subject: str
    is_own: bool


@needs(SET_CHANNELS)
def policy(request: HttpRequest) -> HttpResponse:
    form = PolicyForm(request.POST or None, instance=notices.policy())
    if form.is_valid():
        policies.set_policy(by=request.user, **form.cleaned_data)
        messages.success(request, _("Aturan pemberitahuan disimpan."))
        return redirect("messaging:policy")
    return form_page(request, "messaging/policy.html", form)


@needs(SET_CHANNELS)
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    own = set(Wording.objects.values_list("code", "language"))
    languages = [code for code, _name in settings.LANGUAGES]
    rows = [
        Worded(code, language, texts.sample(code, language).subject, (code, language) in own)
        for code in texts.codes()
        for language in languages
    ]
    return render(request, "messaging/wordings.html", {"rows": rows})


@needs(SET_CHANNELS)
def wording(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The words of one message; ``preview`` shows what was typed without keeping it."""
    _known(code, language)
    own = Wording.objects.filter(code=code, language=language).first()
    form = WordingForm(request.POST or None, initial={"subject": own.subject, "body": own.body} if own else None)
    if form.is_valid():
        with reasons_shown_on(form):
            if "preview" in request.POST:
                typed = [texts.fill(form.cleaned_data[name], texts.samples(code)) for name in ("subject", "body")]
                return _shown(request, form, code, language, shown=texts.Text(*typed), own=own)
            policies.reword(code, language, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kata-kata pesan ini disimpan."))
            return redirect("messaging:wording", code, language)
    return _shown(request, form, code, language, shown=texts.sample(code, language), own=own)


def _shown(
    request: HttpRequest, form: WordingForm, code: str, language: str, *, shown: texts.Text, own: Wording | None
) -> HttpResponse:
    context = {"code": code, "language": language, "shown": shown, "own": own, "places": texts.places(code)}
    return form_page(request, "messaging/wording.html", form, **context)


@needs(SET_CHANNELS)
@require_POST
def drop(request: HttpRequest, code: str, language: str) -> HttpResponse:
    _known(code, language)
    policies.drop_wording(code, language, by=request.user)
    messages.success(request, _("Pesan ini kembali memakai kata-kata bawaan."))
    return redirect("messaging:wording", code, language)


def _known(code: str, language: str) -> None:
    if code not in texts.codes() or language not in dict(settings.LANGUAGES):
        raise Http404
