"""A form that is sent twice makes what it makes once: after a second press, or when the browser had no answer and sent it again."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lumbung.kernel import clock
from lumbung.kernel.models import SentForm

View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """The same page's form with the same content is carried out once, also by two processes at the same moment; each further time it
    leads where the first led. Carried out is what ends in a redirect: what comes back with its faults may be sent again.

    What the view writes stands or falls together. It must not redirect where it refused. Goes inside whatever asks who may.
    """

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if not key:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            form, is_new = SentForm.objects.get_or_create(key=key, defaults={"sent_at": clock.now()})
            if not is_new:
                messages.info(request, _("Isian ini terkirim dua kali dan dicatat satu kali."))
                return redirect(form.answer)
            answer = view(request, *args, **kwargs)
            _keep(form, answer)
        return answer

    return sent


def once_pressed(button: str) -> Callable[[View], View]:
    """``once`` for a form that is looked at before it is carried out: only what is sent by ``button`` is carried out. What merely shows
    what would come of it takes its time outside the transaction, and holds up nobody who writes."""

    def by_button(view: View) -> View:
        carried_out = once(view)

        @wraps(view)
        def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return (carried_out if button in request.POST else view)(request, *args, **kwargs)

        return sent

    return by_button


def _keep(form: SentForm, answer: HttpResponse) -> None:
    if isinstance(answer, HttpResponseRedirect):
        form.answer = answer.url
        form.save(update_fields=["answer"])
    else:
        form.delete()


def _key(request: HttpRequest) -> str:
    """What tells one sent form from another: Django writes its token anew, masked in another way, each time it draws a page.

    Empty where there is no such token: nothing is sent, or a program sends it.
    """
    token = request.POST.get("csrfmiddlewaretoken", "")
    files = sorted((name, each.name, each.size) for name, those in request.FILES.lists() for each in those)
    content = repr((token, request.get_full_path(), sorted(request.POST.lists()), files))
    return sha256(content.encode()).hexdigest() if token else ""
