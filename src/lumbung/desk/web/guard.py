"""Who may open the pages of the desk, and a conversation on them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from lumbung.desk import queries
from lumbung.desk.models import Conversation
from lumbung.desk.permissions import ANSWER
from lumbung.kernel.ui.access import to_sign_in

View = Callable[..., HttpResponseBase]


def at_the_desk(view: View) -> View:
    """For librarians who answer, and guests of partner libraries; a visitor is asked to sign in, anybody else meets the 403 page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not queries.may_answer(request.user):
            raise PermissionDenied(ANSWER)
        return view(request, *args, **kwargs)

    return guarded


def seen(request: HttpRequest, pk: int) -> Conversation:
    """The conversation, if this reader may see it; 404 otherwise."""
    rows = queries.conversations_visible_to(request.user)
    return get_object_or_404(queries.with_what_hangs_on(rows, request.user), pk=pk)
