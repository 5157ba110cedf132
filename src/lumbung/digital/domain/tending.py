"""The steady care of contents, one thing after another, so that it costs one worker thread and no more."""

from lumbung.digital.domain.fixity import check_due
from lumbung.digital.domain.kept_formats.identifying import identify_due
from lumbung.digital.domain.quarantine import work_on_scans
from lumbung.digital.domain.rescanning import scan_again


def tend_contents() -> bool:
    """Scan what waits for the scanner, tell the formats of what came, read and scan some again whose turn it is. Whether more may wait."""
    return any([work_on_scans(), identify_due(), check_due(), scan_again()])
