"""Who asks, as a request tells."""

from django.http import HttpRequest

from lumbung.accounts.domain.api_access import address_of, comes_by_key
from lumbung.digital.queries import Asker


def asker_of(request: HttpRequest) -> Asker:
    """The user and network address of this request; the same asker for all that one page asks."""
    kept = vars(request)
    if "digital_asker" not in kept:
        kept["digital_asker"] = Asker(request.user, address_of(request), comes_by_key(request))
    asker: Asker = kept["digital_asker"]
    return asker
