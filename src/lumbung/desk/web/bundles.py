"""What was put together for whoever asked: made beside the composer, opened at its own address by whoever has it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from lumbung.desk.domain.bundles import address_of, is_open_on, make_bundle
from lumbung.desk.domain.finding import citation_styles, citations_of, exported, titles_of
from lumbung.desk.models import Bundle
from lumbung.desk.web.conversation import again, conversation_page
from lumbung.desk.web.forms import AnswerForm, BundleForm
from lumbung.desk.web.guard import at_the_desk, seen
from lumbung.kernel import clock, uploads
from lumbung.kernel.ui.submission import reasons_shown_on
from lumbung.organization.queries import library

FORMS = ("ris", "bib")


@at_the_desk
@require_POST
def bundled(request: HttpRequest, pk: int) -> HttpResponse:
    """Put titles, citations and files at one address; the address comes into the composer, and nothing is sent."""
    shown, form = seen(request, pk), BundleForm(request.POST, request.FILES)
    if form.is_valid():
        with reasons_shown_on(form):
            bundle = make_bundle(shown, **form.told(), by=request.user)
            link = f"{bundle.title}\n{request.build_absolute_uri(address_of(bundle))}"
            text = "\n\n".join(filter(None, [request.POST.get("text", "").rstrip(), link]))
            told = {"text": text, "titles": request.POST.get("titles", "")}
            filled = AnswerForm(conversation=shown, initial=told)
            return render(request, "desk/conversation.html", conversation_page(request, seen(request, pk), answer_form=filled))
    kept = AnswerForm(conversation=shown, initial={name: request.POST.get(name, "") for name in ("text", "titles")})
    return again(request, shown, answer_form=kept, bundle_form=form)


@require_safe
def bundle(request: HttpRequest, secret: str) -> HttpResponse:
    """Titles with availability, their citations in a style, how it was searched for, and the files."""
    found = _open(secret)
    style = request.GET.get("style", "") or found.style
    cited = [mark_safe(each) for each in citations_of(found.titles, style, request.LANGUAGE_CODE)]  # noqa: S308 -- set by the citation engine
    facts = {"bundle": found, "titles": titles_of(found.titles), "cited": cited, "style": style}
    response = render(request, "desk/bundle.html", {**facts, "styles": citation_styles(), "forms": FORMS})
    return _private(response)


@require_safe
def bundle_citations(request: HttpRequest, secret: str, form: str) -> HttpResponse:
    """The citations for a reference manager."""
    if form not in FORMS:
        raise Http404
    text, content_type = exported(_open(secret).titles, form)
    headers = {"Content-Disposition": f'attachment; filename="daftar.{form}"'}
    return _private(HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers))


@require_safe
def bundle_file(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """One of its files; it never acts in the browser."""
    file = get_object_or_404(_open(secret).files, pk=pk)
    return uploads.shown(file.stored_file, kind=file.kind, name=file.name)


def _open(secret: str) -> Bundle:
    """The bundle at this address. Raises Http404 for one there is not, and after its last day."""
    found = get_object_or_404(Bundle.objects.prefetch_related("files"), secret=secret)
    if not is_open_on(found, clock.today(library().zone)):
        raise Http404
    return found


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: it is told to no other site and kept by no search engine."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
