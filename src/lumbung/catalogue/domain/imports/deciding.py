"""What becomes of each entry of a stretch: a new record, or something for one that is there already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from lumbung.catalogue.domain import records
from lumbung.catalogue.domain.imports.accepted import Accepted
from lumbung.catalogue.domain.imports.matching import Known, Match, Rule
from lumbung.catalogue.domain.imports.options import ImportOptions
from lumbung.catalogue.domain.overlaying import combined
from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.refusals import (
    DUPLICATE_GIVEN_ITEMS,
    DUPLICATE_IN_FILE,
    DUPLICATE_MERGED,
    DUPLICATE_OVERLAID,
    DUPLICATE_SKIPPED,
    POSSIBLE_DUPLICATE,
)
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason

SAID = {
    Rule.ADD: POSSIBLE_DUPLICATE,
    Rule.SKIP: DUPLICATE_SKIPPED,
    Rule.ITEMS: DUPLICATE_GIVEN_ITEMS,
    Rule.OVERLAY: DUPLICATE_OVERLAID,
    Rule.MERGE: DUPLICATE_MERGED,
}
CHANGING = {Rule.OVERLAY, Rule.MERGE}


@dataclass(slots=True)
class Decided:
    """``added`` become records; ``matched`` are dealt with by ``rule``; ``doubtful`` are added, with a warning."""

    rule: Rule
    added: list[Accepted] = field(default_factory=list)
    matched: list[tuple[Accepted, Match]] = field(default_factory=list)
    doubtful: list[tuple[Accepted, Match]] = field(default_factory=list)

    def settle_keys(self) -> None:
        """What is matched brings its copies to the record that it matched, which has its key by now."""
        for one, match in self.matched:
            one.key = match.target if isinstance(match.target, int) else match.target.key

    def bringing_copies(self) -> list[Accepted]:
        """The entries whose copies come in, in the order of the file."""
        others = [] if self.rule is Rule.SKIP else [one for one, _ in self.matched]
        return sorted([*self.added, *others], key=lambda one: one.entry.position)

    def left_out(self) -> list[Accepted]:
        """The entries whose title the catalogue has, and which give it nothing."""
        if self.rule is not Rule.SKIP:
            return []
        return [one for one, match in self.matched if isinstance(match.target, int)]

    def taking(self) -> list[Accepted]:
        """The entries whose titles take what the file says of them elsewhere."""
        out = set(map(id, self.left_out()))
        return [*self.added, *(one for one, _ in self.matched if id(one) not in out)]

    def reasons(self) -> list[tuple[Accepted, Reason]]:
        """What to report of each match."""
        doubtful = [(one, said(match, Rule.ADD)) for one, match in self.doubtful]
        return [*doubtful, *((one, said(match, self.rule)) for one, match in self.matched)]

    def touched(self) -> list[int]:
        """Keys of the records of the catalogue that are changed or given copies, ascending."""
        if self.rule is Rule.SKIP:
            return []
        return sorted({match.target for _, match in self.matched if isinstance(match.target, int)})


def decide(accepted: Sequence[Accepted], options: ImportOptions) -> Decided:
    """Look every entry up, in the catalogue and among those before it. Of entries that match one of this stretch, that one grows."""
    known, decided = Known(accepted, by_title=options.by_title), Decided(options.duplicates)
    for one in accepted:
        match = known.match(one)
        if match is not None and match.sure and options.duplicates is not Rule.ADD:
            decided.matched.append((one, match))
            if isinstance(match.target, Accepted) and options.duplicates in CHANGING:
                _grow(match.target, one, options)
            continue
        if match is not None:
            decided.doubtful.append((one, match))
        decided.added.append(one)
        known.remember(one)
    return decided


def change_matched(decided: Decided, options: ImportOptions, *, run: ImportRun, by: events.Actor | None) -> None:
    """Put what matched over the records of the catalogue, keeping what they said. Only inside a transaction."""
    if decided.rule not in CHANGING:
        return
    for one, match in decided.matched:
        if isinstance(match.target, int):
            make = partial(combined, theirs=one.record, choices=options.choices_made)
            records.overlay(match.target, make, run=run, by=by)


def said(match: Match, rule: Rule) -> Reason:
    kind = match.likeness.value
    key = match.target if isinstance(match.target, int) else match.target.key
    if key is None:
        assert isinstance(match.target, Accepted), "what is in the catalogue has a key"  # noqa: S101 -- for the type
        return DUPLICATE_IN_FILE(kind=kind, value=match.value, position=match.target.entry.position)
    return SAID[rule](kind=kind, value=match.value, record=key)


def _grow(held: Accepted, one: Accepted, options: ImportOptions) -> None:
    held.become(combined(held.record, one.record, options.choices_made), options.items)
