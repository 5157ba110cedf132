import json
import zlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from lumbung.catalogue.models.authority import HeadingChange
from lumbung.catalogue.models.batch import Batch
from lumbung.catalogue.models.import_run import ImportRun
from lumbung.catalogue.models.record import MarcEncoder, Record
from lumbung.formats.marc import Record as MarcRecord
from lumbung.formats.marc import from_json

HARDEST = 9


class Revision(models.Model):
    """One change of a record's MARC: what stood before it, who changed it, when and through what.

    What stood after is the next revision's ``before``, or the record itself: a record that never changed has no revision, so an
    import stores nothing twice. ``import_run`` is the import that made the change, until it is undone; ``heading_change`` the change of a
    heading, ``batch`` the batch that brought it about.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="revisions")
    was = models.PositiveIntegerField()
    became = models.PositiveIntegerField()
    before = models.BinaryField()
    import_run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="revisions")
    restored = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=20)
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, related_name="revisions")
    heading_change = models.ForeignKey(HeadingChange, on_delete=models.SET_NULL, null=True, related_name="revisions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "was"], name="each_version_is_replaced_once"),
            models.CheckConstraint(condition=models.Q(became__gt=models.F("was")), name="versions_only_grow_up"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.was} → {self.became}"

    @property
    def marc_before(self) -> MarcRecord:
        """The MARC record that stood before, made anew at each call."""
        return from_json(json.loads(zlib.decompress(self.before)))


def packed(marc: dict[str, Any]) -> bytes:
    """MARC-in-JSON as ``before`` keeps it: a third of its size."""
    return zlib.compress(json.dumps(marc, cls=MarcEncoder).encode(), HARDEST)
