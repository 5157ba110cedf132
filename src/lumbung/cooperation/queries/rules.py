"""How this library lets itself be harvested, and what it calls itself to harvesters."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from lumbung.cooperation.models import SharingRules
from lumbung.kernel.remembered import remembered
from lumbung.organization.queries import library

DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9\-]*(?:\.[A-Za-z][A-Za-z0-9\-]+)+", re.ASCII)
"""What the schema of oai-identifier allows: behind a dot at least two signs."""
LEGACY = ("oai/request", "cgi/oai2", "oai2.php", "oai2", "oai/oai2.aspx", "server/oai/request")
"""Where DSpace, EPrints, SLiMS and INLIS are harvested: we answer there too, so that nobody has to register anew."""
NAMELESS = "lumbung.localdomain"


@remembered()
def sharing_rules() -> SharingRules:
    """The rules; the defaults until somebody changes them."""
    return SharingRules.objects.first() or SharingRules(pk=1)


def repository_identifier() -> str:
    """The name of this repository in the identifiers of its records: the one set, else the domain of the site."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return sharing_rules().repository or (host if DOMAIN.fullmatch(host) else NAMELESS)


def admin_emails() -> list[str]:
    """Whom harvesters may write to: the addresses set, else the library's; never none, for the protocol wants one."""
    told = re.split(r"[\s,;]+", sharing_rules().emails.strip())
    return list(filter(None, told)) or [library().email or f"perpustakaan@{repository_identifier()}"]
