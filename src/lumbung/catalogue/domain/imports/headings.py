"""Authority records in an import: taken in as authorities, beside whatever else the file brings."""

from collections.abc import Callable
from datetime import datetime

from lumbung.catalogue.domain.authorities.described import Said
from lumbung.catalogue.domain.authorities.establishing import store_said
from lumbung.catalogue.domain.imports.accepted import Origin
from lumbung.catalogue.domain.imports.judging import Established
from lumbung.catalogue.domain.marc_shape import stored_marc
from lumbung.catalogue.events import AuthoritiesImported
from lumbung.catalogue.models import Authority, ImportRun
from lumbung.catalogue.refusals import AUTHORITY_EXISTS
from lumbung.formats import marc
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason

Report = Callable[[Origin, Reason], None]
"""Tells that this entry is refused, and why."""


class Headings:
    """The authorities of one stretch. ``seen`` are the headings met before, which a dry run must remember for itself."""

    def __init__(self, run: ImportRun, taken: list[Established], seen: set[tuple[str, str]] | None) -> None:
        self.run, self.taken, self.seen = run, taken, seen
        self.added = 0

    def store(self, now: datetime, *, refuse: Report, by: events.Actor | None) -> None:
        """Store those whose heading is not established yet, and refuse the others. In a dry run they are only counted."""
        asked = {said.key for _, _, said in self.taken}
        rows = Authority.objects.filter(key__in=asked).values_list("kind", "key", "pk") if asked else []
        known: dict[tuple[str, str], int] = {(kind, key): pk for kind, key, pk in rows}
        met, new = self.seen if self.seen is not None else set(), []
        for entry, found, said in self.taken:
            own = (str(said.kind), said.key)
            if own in known or own in met:
                refuse(entry, AUTHORITY_EXISTS(heading=said.heading))
                continue
            met.add(own)
            new.append((found, said))
        self.added = len(new)
        if new and not self.run.dry_run:
            self._add(new, now, by)

    def _add(self, new: list[tuple[marc.Record, Said]], now: datetime, by: events.Actor | None) -> None:
        rows = [
            Authority(marc=stored_marc(found), import_run=self.run, created_at=now, updated_at=now, **said.columns())
            for found, said in new
        ]
        made = Authority.objects.bulk_create(rows)
        store_said([(authority.pk, said) for authority, (_, said) in zip(made, new, strict=True)])
        keys = [authority.pk for authority in made]
        events.record(AuthoritiesImported(import_run=self.run.pk, first=min(keys), last=max(keys)), by=by)
