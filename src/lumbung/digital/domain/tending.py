"""The steady care of contents, one thing after another, so that it costs one worker thread and no more."""

from lumbung.digital.domain.fixity import check_due, checks_are_due
from lumbung.digital.domain.kept_formats.identifying import contents_are_unidentified, identify_due
from lumbung.digital.domain.quarantine import scans_wait, work_on_scans
from lumbung.digital.domain.rescanning import is_scanning_again, scan_again


def tend_contents() -> bool:
    """Scan what waits for the scanner, tell the formats of what came, read and scan some again whose turn it is. Whether more may wait."""
    return any([work_on_scans(), identify_due(), check_due(), scan_again()])


def contents_need_care() -> bool:
    """Whether there is any of this to do."""
    return scans_wait() or contents_are_unidentified() or checks_are_due() or is_scanning_again()
