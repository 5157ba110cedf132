"""The one place where a refusal is told at the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models import Loan, LoanKinds
from lumbung.circulation.refusals import WAIVE_REASON_MISSING
from lumbung.circulation.web.addresses import open_member, to_desk
from lumbung.circulation.web.scan import clean, look_up
from lumbung.kernel.refusals import Refused


def told_at_the_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A refusal leads back to the desk. With the item in hand it shows everything that stands against lending or renewing it, and
    what may be waived, and that not all of it was where some was; without one, or of what was to be read here alone, the reasons are
    said, and so is that a waiver lacks its own."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            item = _item_meant(request, kwargs) if request.method == "POST" else None
            is_on_site = request.POST.get("kind") == LoanKinds.ON_SITE
            if item is None or is_on_site or WAIVE_REASON_MISSING.code in refused.codes:
                for reason in refused.reasons:
                    messages.error(request, str(reason))
            elif request.POST.get("reason", "").strip() or request.POST.getlist("waive"):
                messages.error(
                    request, _("Belum dicatat: centang setiap halangan yang Anda kesampingkan, dan tulis alasannya.")
                )
            return to_desk(member=open_member(request.POST), mode=request.POST.get("mode"), item=item.barcode if item else None)

    return telling


def _item_meant(request: HttpRequest, kwargs: dict[str, Any]) -> Item | None:
    if "pk" in kwargs:
        return Item.objects.filter(loans=Loan(pk=kwargs["pk"])).first()
    return look_up(kwargs.get("barcode") or clean(request.POST.get("code", ""))).item
