"""What ``lumbung doctor`` examines of the catalogue."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lumbung.catalogue.domain.imports.custody import abandoned, undoings_left, why_abandoned
from lumbung.catalogue.models import ImportRun
from lumbung.kernel.health import Trouble

SHOWN = 10


def no_import_was_left() -> Iterator[Trouble]:
    """Imports that were broken off and neither gone on with nor undone, the newest first, and undoings that were."""
    interrupted = ImportRun.objects.filter(state=ImportRun.States.INTERRUPTED).defer("waiting", "unbound")
    left = [(run, run.stopped_because) for run in interrupted] + [(run, why_abandoned()) for run in abandoned()]
    for run, because in sorted(left, key=lambda each: -each[0].pk)[:SHOWN]:
        facts = {"number": run.pk, "file": run.file_name, "because": because}
        mend = _("Lanjutkan dengan lumbung import --resume %(number)s.")
        if not run.dry_run:
            mend = _(
                "Lanjutkan dengan lumbung import --resume %(number)s, atau batalkan dengan lumbung undo-import %(number)s."
            )
        yield Trouble(_("Impor nomor %(number)s (%(file)s) terputus. %(because)s") % facts, mend % facts, grave=False)
    for run in undoings_left()[:SHOWN]:
        facts = {"number": run.pk, "file": run.file_name}
        told = _("Pembatalan impor nomor %(number)s (%(file)s) terhenti di tengah jalan.")
        yield Trouble(told % facts, _("Lanjutkan dengan lumbung undo-import %(number)s.") % facts, grave=False)
