"""What all stages of one phase of a move share: the source, the options, what is known, what there is to tell."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.options import Options, Places
from lumbung.moving.domain.origins import Origins
from lumbung.moving.domain.plain import Plain
from lumbung.moving.domain.sources import Source
from lumbung.moving.models import Finding, Move
from lumbung.organization.models import Branch

LONGEST_ID = 120


class Work:
    """One rehearsal (``pretend``) or the move itself. ``branch`` is that of the options."""

    def __init__(self, move: Move, source: Source | None, options: Options, branch: Branch, *, pretend: bool) -> None:
        self.move, self._source, self.options, self.branch, self.pretend = move, source, options, branch, pretend
        self.by: User | None = move.created_by
        self.origins = Origins(options.origin, move, pretend=pretend)
        self.zone: ZoneInfo = branch.zone
        self.now: datetime = clock.now()
        self.today: date = clock.today(branch.zone)
        self.counts: dict[str, Counter[str]] = {}
        self.findings: list[Finding] = []

    @property
    def source(self) -> Source:
        """Raises ``LookupError`` when this work has none: what is taken back is told by our own tables."""
        if self._source is None:
            raise LookupError(self.move.pk)
        return self._source

    def branch_of(self, place: str | None) -> int:
        """Our branch for a place of the other system, where places are branches; else the branch of the options."""
        key = self.origins.key("place", place) if self.options.places is Places.BRANCHES else None
        return key if key is not None else self.branch.pk

    def count(self, entity: str, what: str, number: int = 1) -> None:
        self.counts.setdefault(entity, Counter())[what] += number

    def warn(self, row: Plain, *reasons: Reason) -> None:
        self._find(row, reasons, refused=False)

    def reject(self, row: Plain, *reasons: Reason) -> None:
        """The row does not come in; it is kept in the report as it came."""
        self.count(row.entity, "rejected")
        self._find(row, reasons, refused=True)

    def tell(self, entity: str, reason: Reason, *, refused: bool = False, row: Mapping[str, Any] | None = None) -> None:
        """Something about no single row."""
        self.findings.append(self._finding(entity, "", reason, refused=refused, raw=row or {}))

    def _find(self, row: Plain, reasons: tuple[Reason, ...], *, refused: bool) -> None:
        self.findings += [self._finding(row.entity, row.source_id, reason, refused=refused, raw=row.raw) for reason in reasons]

    def _finding(self, entity: str, source_id: str, reason: Reason, *, refused: bool, raw: Mapping[str, Any]) -> Finding:
        kept = {name: value.hex() if isinstance(value, bytes) else value for name, value in raw.items()} if refused else {}
        return Finding(
            move=self.move,
            rehearsal=self.pretend,
            entity=entity,
            source_id=source_id[:LONGEST_ID],
            refused=refused,
            code=reason.code,
            facts={name: str(value) for name, value in reason.facts.items()},
            row=kept,
        )
