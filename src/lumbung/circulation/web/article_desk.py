"""Copies of articles and chapters that staff ask for: for a member who stands at the desk, calls or writes."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lumbung.accounts.models import User
from lumbung.catalogue import queries as catalogue
from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import ArticleScope
from lumbung.circulation.permissions import LEND
from lumbung.circulation.queries.articles import article_decision
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.refusals import ARTICLES_BY_NO_RULE
from lumbung.circulation.web.addresses import open_member
from lumbung.circulation.web.article_forms import DeskArticleForm, requested
from lumbung.circulation.web.scan import clean, look_up, members_called
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page
from lumbung.members.domain.privacy.looks import note_looks
from lumbung.members.models import Member
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady, find
from lumbung.search.unready import unanswered

SHOWN = 12


@needs(LEND)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """A request for a member: who it is for and of which title is chosen first, whichever of both is not known yet."""
    member, copy = _member_named(request), _copy_in_hand(request)
    record = _record_named(request, copy)
    chosen = {"member": member, "record": record, "copy": copy}
    if member is None or record is None:
        choices = _choices(request, member, record)
        page = render(request, "circulation/article_choosing.html", {**chosen, **choices})
        return unanswered(request, page) if choices["unready"] else page
    found = article_decision(record, member, member.branch)
    if found is None or found.policy.article_scope == ArticleScope.NO:
        against = ARTICLES_BY_NO_RULE(rule=by_decision(found, "article_scope"))
        return render(request, "circulation/article_choosing.html", {**chosen, "against": against}, status=422)
    note_looks([member], by=cast("User", request.user))
    in_hand = copy if copy is not None and copy.record_id == record.pk else None
    form = DeskArticleForm(
        request.POST or None, record=record, member=member, scope=found.policy.article_scope, copy_in_hand=in_hand
    )
    asked, cost = requested(request, form, found.policy.article_fee)
    if asked is not None:
        messages.success(request, _("Permintaan dicatat untuk %(name)s.") % {"name": member.name})
        return redirect("circulation:article", asked.pk)
    return form_page(request, "circulation/new_article.html", form, cost=cost, **chosen)


def _member_named(request: HttpRequest) -> Member | None:
    return open_member(request.GET) or look_up(clean(request.GET.get("who", ""))).member


def _copy_in_hand(request: HttpRequest) -> Item | None:
    """The copy whose barcode was scanned, now or before the member was chosen."""
    said = clean(request.GET.get("what", "") or request.GET.get("copy", ""))
    return catalogue.item_by_barcode(said) if said else None


def _record_named(request: HttpRequest, copy: Item | None) -> Record | None:
    """The title by its number, or by the barcode of a copy."""
    key, said = request.GET.get("record", ""), clean(request.GET.get("what", ""))
    number = key or (str(copy.record_id) if copy is not None else said)
    rows = Record.objects.listed()
    return rows.filter(pk=number).first() if number.isascii() and number.isdecimal() and len(number) < len("1" * 10) else None


def _choices(request: HttpRequest, member: Member | None, record: Record | None) -> dict[str, Any]:
    """Members and titles that what was typed may mean."""
    who, what = (clean(request.GET.get(name, "")) for name in ("who", "what"))
    records = _titles_called(what) if what and record is None else []
    return {
        "who": who,
        "what": what,
        "members": members_called(who, SHOWN) if who and member is None else [],
        "records": records,
        "unready": records is None,
    }


def _titles_called(words: str) -> Sequence[Record] | None:
    """The first titles for these words; None while nothing can be searched."""
    try:
        return catalogue.records_in_order(find(Query(words=words, size=SHOWN, facets=(), hidden=True)).keys)
    except NotReady:
        return None
