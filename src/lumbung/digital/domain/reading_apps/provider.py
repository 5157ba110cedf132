"""Who gives licences out: this library, by the certificate and profile of its operator, else by a certificate of its own."""

import json

from django.conf import settings
from django.utils.module_loading import import_string

from lumbung.formats.lcp import Profile, Signer, own_certificate
from lumbung.kernel import clock
from lumbung.kernel.secret_files import kept_secret
from lumbung.organization.queries import library

OWN = "lcp.json"


def profile() -> Profile:
    """The profile that the operator named, the basic one where none is."""
    found = import_string(settings.LCP_PROFILE)
    if not isinstance(found, Profile):
        raise TypeError(f"{settings.LCP_PROFILE} is no profile of LCP")
    return found


def signer() -> Signer:
    """The operator's certificate; else one of this installation, made the first time and kept (mode 600) in the data folder."""
    if settings.LCP_CERTIFICATE:
        return Signer(settings.LCP_CERTIFICATE, settings.LCP_KEY)
    return Signer(**json.loads(kept_secret(settings.DATA / OWN, _made)))


def _made() -> str:
    made = own_certificate(library().name or "Lumbung", clock.now())
    return json.dumps({"certificate": made.certificate, "key": made.key})
