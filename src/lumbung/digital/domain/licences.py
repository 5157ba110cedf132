"""Licences under which a file may be given, by the codes that are kept with it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Licence:
    """A licence: its code, its name, and the page that tells it (empty where there is none)."""

    code: str
    name: str | Promise
    url: str = ""


_CC = "https://creativecommons.org/licenses"
LICENCES = {
    each.code: each
    for each in (
        Licence("cc-by-4.0", "CC BY 4.0", f"{_CC}/by/4.0/"),
        Licence("cc-by-sa-4.0", "CC BY-SA 4.0", f"{_CC}/by-sa/4.0/"),
        Licence("cc-by-nc-4.0", "CC BY-NC 4.0", f"{_CC}/by-nc/4.0/"),
        Licence("cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0", f"{_CC}/by-nc-sa/4.0/"),
        Licence("cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0", f"{_CC}/by-nc-nd/4.0/"),
        Licence("cc0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        Licence("public-domain", _("Domain publik"), "https://creativecommons.org/publicdomain/mark/1.0/"),
        Licence("in-copyright", _("Hak cipta pada penulis"), "https://rightsstatements.org/vocab/InC/1.0/"),
    )
}


def licence_called(code: str) -> Licence | None:
    return LICENCES.get(code)


def licence_at(address: str) -> str:
    """The code of the licence that this page tells; empty where it is none of ours."""
    said = (
        address.strip().partition("://")[2].removeprefix("www.").removesuffix("/legalcode").removesuffix("/deed.id").rstrip("/")
    )
    return next((each.code for each in LICENCES.values() if said and each.url.partition("://")[2].rstrip("/") == said), "")


def choices() -> list[tuple[str, str | Promise]]:
    """For forms: every licence, and none."""
    return [("", _("Belum ditentukan")), *((each.code, each.name) for each in LICENCES.values())]
