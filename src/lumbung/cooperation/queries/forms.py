"""The forms in which records are handed on, and what is put around and into them when they are sent."""

from dataclasses import dataclass

from lumbung.formats import datacite, mods, thesis
from lumbung.formats.dublin_core import flat, qualified
from lumbung.formats.marc import slim

BETWEEN, PAGE, SITE = "\x1e", "\x1f", "\x1d"
"""Between two forms of a record, and where the addresses of its page and of the site come: signs that no XML can carry itself."""
_MODS_START = (
    f'<mods xmlns="{mods.NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{mods.NAMESPACE} {mods.SCHEMA}" version="3.8">\n'
)


@dataclass(frozen=True, slots=True)
class Form:
    """One metadata format."""

    prefix: str
    namespace: str
    schema: str
    start: str
    end: str
    only_theses: bool = False

    def served(self, content: str, page: str, site: str) -> str:
        """The metadata of a record whose page is at ``page`` on ``site``, both escaped already."""
        return f"{self.start}{content.replace(PAGE, page).replace(SITE, site)}{self.end}"


FORMS: tuple[Form, ...] = (
    Form("oai_dc", flat.OAI_DC, flat.OAI_DC_SCHEMA, flat.OAI_DC_START, flat.OAI_DC_END),
    Form("marc21", slim.NAMESPACE, slim.SCHEMA, slim.START, slim.END),
    Form("mods", mods.NAMESPACE, mods.SCHEMA, _MODS_START, "</mods>\n"),
    Form("qdc", qualified.NAMESPACE, qualified.SCHEMA, qualified.START, qualified.END),
    Form("oai_etdms", thesis.NAMESPACE, thesis.SCHEMA, thesis.START, thesis.END, only_theses=True),
    Form("rama", flat.OAI_DC, flat.OAI_DC_SCHEMA, flat.OAI_DC_START, flat.OAI_DC_END, only_theses=True),
    Form("oai_datacite", datacite.NAMESPACE, datacite.SCHEMA, datacite.START, datacite.END),
)
PLACES = {form.prefix: place for place, form in enumerate(FORMS)}


def form_called(prefix: str) -> Form | None:
    place = PLACES.get(prefix)
    return None if place is None else FORMS[place]
