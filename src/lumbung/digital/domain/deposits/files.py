"""The files of a deposit: handed in, looked at, cut into the campus's parts, named by its pattern."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum

from lumbung.digital.domain import store
from lumbung.digital.domain.deposits import cutting, looking, naming
from lumbung.digital.domain.deposits.cutting import Cut
from lumbung.digital.domain.deposits.drafts import touch
from lumbung.digital.domain.deposits.locking import locked
from lumbung.digital.domain.kinds import PDF
from lumbung.digital.domain.store import Content
from lumbung.digital.events import DepositFileAdded, DepositFileChanged, DepositFileCut, DepositFileRemoved
from lumbung.digital.models import Deposit, DepositFile, DepositRule, Levels, Parts
from lumbung.digital.queries.deposits import rule_for
from lumbung.digital.refusals import CUTS_OVERLAP, DEPOSIT_FILE_TWICE, FILE_CANNOT_BE_CUT, QUOTA_FULL
from lumbung.formats import pdf
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused

FIELDS = frozenset({"part", "label", "level"})
Uses = DepositFile.Uses


@refuse_when_broken(a_deposit_has_a_content_once=DEPOSIT_FILE_TWICE)
@transaction.atomic
def add_deposit_file(
    deposit: Deposit, content: Content, *, name: str, by: events.Actor | None, use: DepositFile.Uses = Uses.PUBLISHED
) -> DepositFile:
    """Hand in a file whose content the store has. What is found in it is told with it; a locked or broken one is kept and told so.

    Refuses when the deposit is not with its author, has this content already, or would be larger than its quota.
    """
    with store.on_disk(content.sha256) as path:
        seen, findings = looking.looked_at(path, content.media_type)
    if use != Uses.PUBLISHED:
        findings = [each for each in findings if each["code"] not in looking.OF_PUBLISHED]
    current = locked(deposit)
    rule = rule_for(current)
    there = current.files.filter(cut_from=None).aggregate(total=Sum("size"))["total"] or 0
    if there + content.size > rule.largest_mb << 20:
        raise Refused(QUOTA_FULL(most=rule.largest_mb))
    file = DepositFile.objects.create(
        deposit=current,
        use=use,
        **vars(content),
        name=name,
        sequence=_next(current),
        pages=seen.pages if seen and seen.pages else None,
        findings=findings,
        added_at=clock.now(),
        **_guessed(name, rule, use),
    )
    touch(current, [])
    events.record(DepositFileAdded(deposit=current.pk, file=file.pk, sha256=file.sha256), by=by)
    return file


@transaction.atomic
def change_deposit_file(file: DepositFile, *, by: events.Actor | None, **fields: Any) -> DepositFile:
    """Say what part of the work a file is, how it is called, and who may read it."""
    deposit = locked(file.deposit)
    current = DepositFile.objects.select_for_update().get(pk=file.pk)
    if changed := set_changed(current, fields, allowed=FIELDS):
        current.save(update_fields=changed)
        touch(deposit, [])
        events.record(DepositFileChanged(deposit=deposit.pk, file=current.pk, fields=changed), by=by)
    return current


@transaction.atomic
def remove_deposit_file(file: DepositFile, *, by: events.Actor | None) -> None:
    """Take a file out of the deposit, with what was cut out of it. Its content is let go by the nightly job."""
    deposit = locked(file.deposit)
    key = file.pk
    file.delete()
    touch(deposit, [])
    events.record(DepositFileRemoved(deposit=deposit.pk, file=key), by=by)


def proposed_cuts(file: DepositFile) -> list[Cut]:
    """Where the parts of the file begin, as far as can be told; empty when it cannot, or is no PDF that opens."""
    if file.media_type != PDF.media_type or looking.stops(file.findings):
        return []
    with store.on_disk(file.sha256) as path:
        return cutting.proposed(pdf.inspect(path))


@transaction.atomic
def cut_deposit_file(file: DepositFile, cuts: Sequence[Cut], *, by: events.Actor | None) -> list[DepositFile]:
    """Cut a PDF into these parts, named by the library's pattern, each with the access its part begins with; earlier pieces of it go.

    The whole stays for the library and is not published. Refuses what is no PDF, and pages that are not there or stand in two parts.
    """
    if file.media_type != PDF.media_type or looking.stops(file.findings) or not file.pages:
        raise Refused(FILE_CANNOT_BE_CUT())
    _refuse_overlaps(cuts, file.pages)
    contents = _cut(file, cuts)
    deposit = locked(file.deposit)
    file.pieces.all().delete()
    rule, made, opened = rule_for(deposit), [], False
    for place, (cut, content) in enumerate(zip(cuts, contents, strict=True), 1):
        first = cut.part == Parts.CHAPTER and not opened
        opened = opened or first
        piece = _piece(file, cut, content, place)
        piece.level = cutting.level_of(cut.part, rule, is_first_chapter=first)
        piece.name = naming.name_of(piece, deposit, rule.name_pattern, place)
        made.append(piece)
    DepositFile.objects.bulk_create(made)
    DepositFile.objects.filter(pk=file.pk).update(use=Uses.EVIDENCE, part=Parts.WHOLE)
    touch(deposit, [])
    events.record(DepositFileCut(deposit=deposit.pk, file=file.pk, pieces=len(made)), by=by)
    return made


def _piece(file: DepositFile, cut: Cut, content: Content, place: int) -> DepositFile:
    return DepositFile(
        deposit=file.deposit,
        cut_from=file,
        **vars(content),
        part=cut.part,
        label=cut.label,
        sequence=file.sequence + place,
        pages=cut.last - cut.first + 1,
        first_page=cut.first,
        last_page=cut.last,
        added_at=clock.now(),
    )


def _cut(file: DepositFile, cuts: Sequence[Cut]) -> list[Content]:
    """The contents of the pieces, in the store."""
    with TemporaryDirectory(dir=settings.DATA) as folder, store.on_disk(file.sha256) as path:
        targets = [Path(folder) / f"{number}.pdf" for number in range(len(cuts))]
        try:
            pdf.cut(path, [(cut.first, cut.last, target) for cut, target in zip(cuts, targets, strict=True)])
        except pdf.Unreadable as error:
            raise Refused(FILE_CANNOT_BE_CUT()) from error
        return [store.put_file(target, name=target.name, largest=4 * file.size + (1 << 20)) for target in targets]


def _refuse_overlaps(cuts: Sequence[Cut], pages: int) -> None:
    page = 0
    for cut in cuts:
        if not page < cut.first <= cut.last <= pages:
            raise Refused(CUTS_OVERLAP(label=cut.label, pages=pages))
        page = cut.last
    if not cuts:
        raise Refused(CUTS_OVERLAP(label="", pages=pages))


def _next(deposit: Deposit) -> int:
    last = deposit.files.aggregate(last=Max("sequence"))["last"]
    return 0 if last is None else int(last) + 1


def _guessed(name: str, rule: DepositRule, use: DepositFile.Uses) -> dict[str, Any]:
    """What a file is by its name, where that says it: most campuses ask for ``NIM_BAB I`` and the like."""
    if use != Uses.PUBLISHED:
        return {"part": Parts.OTHER, "level": Levels.STAFF}
    stem = name.rpartition(".")[0].replace("_", " ")
    words = stem.split()
    found = next((found for start in range(len(words)) if (found := cutting.part_called(" ".join(words[start:])))), None)
    part, label = found or (Parts.WHOLE, "")
    return {"part": part, "label": label, "level": cutting.level_of(part, rule, is_first_chapter=False)}
