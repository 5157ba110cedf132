"""The list for now: titles a visitor puts aside without an account. It lives in the session, and is kept as a list on sign-in."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lumbung.accounts.models import User
from lumbung.discovery.domain.lists import add_titles, make_list
from lumbung.discovery.models import PersonalList
from lumbung.discovery.queries.lists import lists_of
from lumbung.discovery.web.readers import reader
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.keys import key_in

KEY, MOST = "basket", 100


def titles_in(request: HttpRequest) -> list[int]:
    return list(request.session.get(KEY, ()))


def put(request: HttpRequest, record: int) -> bool:
    """Put the title in; says whether it fits."""
    titles = titles_in(request)
    if record not in titles:
        if len(titles) >= MOST:
            return False
        request.session[KEY] = [*titles, record]
    return True


def take(request: HttpRequest, record: int) -> None:
    request.session[KEY] = [each for each in titles_in(request) if each != record]


def keep(request: HttpRequest) -> PersonalList | None:
    """Keep what was put aside before signing in, as a list of its own; None when there was nothing.

    Who has as many lists as one may have keeps it aside until there is room: their own lists must open all the same.
    """
    titles = titles_in(request)
    if not titles or not isinstance(request.user, User):
        return None
    try:
        kept = make_list(_("Daftar sementara"), by=request.user)
    except Refused:
        return None
    add_titles(kept, titles, by=request.user)
    del request.session[KEY]
    return kept


def list_to_add_to(request: HttpRequest, key: str) -> PersonalList:
    """The list named, else the one changed last, else a first one."""
    mine = lists_of(reader(request))
    chosen = mine.filter(pk=key_in(key)).first() if key else mine.first()
    return chosen or make_list(_("Daftar saya"), by=reader(request))
