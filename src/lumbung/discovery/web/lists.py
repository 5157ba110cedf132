"""My lists: titles kept together, noted, shared, printed, mailed, cited."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.discovery.domain import lists as verbs
from lumbung.discovery.domain.mailing import mail_list
from lumbung.discovery.models import ListedTitle, PersonalList
from lumbung.discovery.queries import lists as kept_lists
from lumbung.discovery.queries import rows_of
from lumbung.discovery.queries.own_data import everything_of
from lumbung.discovery.web import basket, list_pages
from lumbung.discovery.web.readers import reader
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.own_pages import own_page

TAKEN_OFF = "title_taken_off"


@csrf_exempt  # a token would make every result page differ; instead only our own pages are heard
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a title on a list (the one named, else the last changed), or aside for now without an account."""
    if _is_from_elsewhere(request):
        raise PermissionDenied
    record = key_in(request.POST.get("record"))
    if not rows_of([record], None):
        raise Http404
    if request.user.is_authenticated:
        kept = basket.keep(request) or basket.list_to_add_to(request, request.POST.get("list", ""))
        verbs.add_titles(kept, [record], by=reader(request))
        facts = {"name": kept.name, "address": f"/my/lists/{kept.pk}"}
    elif basket.put(request, record):
        facts = {"name": _("Daftar sementara"), "address": "/lists/basket"}
    else:
        facts = {"name": "", "address": "/lists/basket"}
    if request.headers.get("HX-Request"):
        return render(request, "discovery/kept.html", facts)
    messages.success(request, _("Disimpan di “%(name)s”.") % facts if facts["name"] else _("Daftar sementara sudah penuh."))
    return redirect(own_page(request, request.headers.get("Referer", "")) or facts["address"])


@require_http_methods(["GET", "HEAD", "DELETE"])
def aside(request: HttpRequest) -> HttpResponse:
    """The list for now."""
    if request.method == "DELETE":
        basket.take(request, key_in(request.POST.get("record")))
        return redirect("discovery:basket")
    if request.user.is_authenticated:
        return redirect("discovery:lists")
    keys = basket.titles_in(request)
    facts = {"rows": rows_of(keys, request.user), **list_pages.cited(request, kept_lists.public_records(keys))}
    return render(request, "discovery/basket.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def lists(request: HttpRequest) -> HttpResponse:
    basket.keep(request)
    if request.method == "POST":
        made = verbs.make_list(request.POST.get("name", ""), by=reader(request))
        return redirect("discovery:list", pk=made.pk)
    removed = (
        PersonalList.objects.filter(owner=reader(request), pk=key_in(request.GET.get("removed")))
        .exclude(removed_at=None)
        .first()
    )
    return render(request, "discovery/lists.html", {"lists": kept_lists.lists_of(request.user), "removed": removed})


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@signed_in
def one(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _own(request, pk)
    if request.method == "DELETE":
        verbs.remove_list(kept, by=reader(request))
        return redirect(f"/my/lists?removed={pk}")
    if request.method == "POST":
        verbs.describe_list(kept, name=request.POST.get("name", ""), note=request.POST.get("note", ""), by=reader(request))
        messages.success(request, _("Disimpan."))
        return redirect("discovery:list", pk=pk)
    return list_pages.drawn(request, kept, "discovery/list.html")


@require_POST
@signed_in
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(PersonalList, pk=pk, owner=reader(request))
    verbs.restore_list(kept, by=reader(request))
    messages.success(request, _("Daftar “%(name)s” dikembalikan.") % {"name": kept})
    return redirect("discovery:list", pk=pk)


@require_http_methods(["POST", "DELETE"])
@signed_in
def title(request: HttpRequest, pk: int, title: int) -> HttpResponse:
    """Note, move or take off one title."""
    listed = get_object_or_404(ListedTitle.objects.select_related("list"), pk=title, list=_own(request, pk))
    if request.method == "DELETE":
        place = listed.list.titles.filter(position__lt=listed.position).count()
        request.session[TAKEN_OFF] = {"list": pk, "record": listed.record_id, "note": listed.note, "place": place}
        verbs.remove_title(listed, by=reader(request))
        return redirect(f"/my/lists/{pk}?taken={listed.record_id or ''}")
    if (move := request.POST.get("move")) in {"up", "down"}:
        verbs.move_title(listed, up=move == "up", by=reader(request))
    else:
        verbs.note_title(listed, request.POST.get("note", ""), by=reader(request))
    return redirect(f"/my/lists/{pk}#judul-{listed.pk}")


@require_POST
@signed_in
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a title back that was taken off: where it stood and with its note, if it was the last that was."""
    kept, record = _own(request, pk), key_in(request.POST.get("record")) or 0
    last = request.session.get(TAKEN_OFF) or {}
    if (last.get("list"), last.get("record")) == (pk, record):
        verbs.put_back(kept, record, note=last["note"], place=last["place"], by=reader(request))
    else:
        verbs.add_titles(kept, [record], by=reader(request))
    return redirect(f"/my/lists/{pk}")


@require_http_methods(["POST", "DELETE"])
@signed_in
def share(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "DELETE":
        verbs.unshare_list(_own(request, pk), by=reader(request))
        messages.success(request, _("Tautan dicabut. Siapa pun yang memegangnya tidak dapat lagi membuka daftar ini."))
    else:
        verbs.share_list(_own(request, pk), by=reader(request))
    return redirect(f"/my/lists/{pk}#bagikan")


@require_POST
@signed_in
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    address = mail_list(_own(request, pk), base=request.build_absolute_uri("/records/"), by=reader(request))
    messages.success(request, _("Dikirim ke %(address)s.") % {"address": address})
    return redirect("discovery:list", pk=pk)


@require_safe
@signed_in
def export(request: HttpRequest, pk: int, form: str) -> Any:
    return list_pages.file(request, _own(request, pk), form)


@require_safe
@signed_in
def export_all(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(everything_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="daftar-saya.json"'
    return response


@require_safe
def shared(request: HttpRequest, key: str) -> HttpResponse:
    return list_pages.drawn(request, _shared(key), "discovery/shared_list.html")


@require_safe
def shared_file(request: HttpRequest, key: str, form: str) -> Any:
    return list_pages.file(request, _shared(key), form)


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a page of another site sent this: browsers say so, and those too old to say it tell the origin."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None:
        return origin is not None and urlsplit(origin).netloc != request.get_host()
    return site not in {"same-origin", "none"}


def _own(request: HttpRequest, pk: int) -> PersonalList:
    return get_object_or_404(kept_lists.lists_of(request.user), pk=pk)


def _shared(key: str) -> PersonalList:
    if found := kept_lists.shared_list(key):
        return found
    raise Http404
