"""Where scholars' search engines fetch the full text of a work: only what a stranger may have."""

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.catalogue.models import Material, Record
from lumbung.digital.models import Parts
from lumbung.digital.queries import Asker, access_to, files_of

SCHOLARLY = frozenset({Material.THESIS, Material.ARTICLE, Material.MANUSCRIPT})
PDF = "application/pdf"


def pdfs_of(record: Record, said: Description) -> list[str]:
    """Addresses of PDFs, our own without the site in front; none for what is no scholarly work. One statement at most.

    Where the whole work is there, it stands for its parts: search engines take one, and a cover alone is not the work.
    """
    if record.material not in SCHOLARLY:
        return []
    stranger = Asker()
    own = [each for each in files_of(record) if each.media_type == PDF and access_to(each, stranger).may_download]
    whole = [each for each in own if each.part == Parts.WHOLE]
    links = [each.url for each in said.links if not each.related and each.url.lower().endswith(".pdf")]
    return [*(f"/files/{each.pk}/download" for each in whole or own), *links]
