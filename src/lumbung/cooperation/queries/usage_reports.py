"""Who the usage reports are of, as their headers tell it."""

from lumbung import __version__
from lumbung.cooperation.queries.rules import repository_identifier
from lumbung.cooperation.queries.usage import NAMESPACE
from lumbung.formats.counter import Header
from lumbung.kernel import clock
from lumbung.organization.queries import library


def customer_id() -> str:
    """What the library is called in the API: as in OAI-PMH, its domain name."""
    return repository_identifier() or NAMESPACE


def header() -> Header:
    name = library().name
    return Header(
        institution=name if len(name) > 1 else "Lumbung",
        identifier=f"{NAMESPACE}:{customer_id()}",
        platform=name if len(name) > 1 else "Lumbung",
        created_by=f"Lumbung {__version__}",
        created=clock.now(),
    )
