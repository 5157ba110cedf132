"""The mark that a PDF gets when it is given out: from which library, to whom, when, and where the work lives."""

from collections.abc import Sequence
from pathlib import Path

from lumbung.digital.domain import store
from lumbung.digital.domain.kinds import PDF
from lumbung.digital.models import File, Levels
from lumbung.digital.queries.access import Asker
from lumbung.digital.queries.conditions import terms
from lumbung.digital.refusals import CANNOT_BE_MARKED
from lumbung.formats import pdf
from lumbung.kernel.refusals import Refused


def is_marked(file: File, asker: Asker) -> bool:
    """Whether this asker gets the file with a mark: a PDF that is not open to all, where the library wants it; never its keepers."""
    return terms().marks_downloads and file.media_type == PDF.media_type and file.level != Levels.PUBLIC and not asker.keeps


def write_marked(file: File, target: Path, lines: Sequence[str]) -> None:
    """Write the PDF with these lines at the foot of each page. Refuses one that cannot be marked: it does not leave without."""
    try:
        with store.on_disk(file.sha256) as path:
            pdf.mark(path, target, lines)
    except pdf.Unreadable as error:
        raise Refused(CANNOT_BE_MARKED()) from error
