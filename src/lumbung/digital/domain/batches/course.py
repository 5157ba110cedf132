"""Trying a batch dry, publishing it, taking it back."""

import zipfile
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.catalogue.domain.records import remove_record
from lumbung.digital.domain import store
from lumbung.digital.domain.batches.members import Members
from lumbung.digital.domain.batches.reading import works_in
from lumbung.digital.domain.batches.works import LEVELS, Work, WorkFile, faults_of, programme_called
from lumbung.digital.domain.deposits import cutting, looking
from lumbung.digital.domain.deposits.drafts import set_people
from lumbung.digital.domain.deposits.publishing import publish
from lumbung.digital.domain.files import change_file
from lumbung.digital.domain.kinds import BROKEN
from lumbung.digital.domain.store import Content
from lumbung.digital.events import DepositBatchRead, DepositBatchStored, DepositBatchUndone
from lumbung.digital.models import (
    BatchStates,
    Deposit,
    DepositBatch,
    DepositFile,
    DepositStates,
    File,
    Parts,
    PermanentIdentifier,
)
from lumbung.digital.queries.conditions import terms
from lumbung.digital.queries.deposits import rule_for
from lumbung.digital.refusals import BATCH_ELSEWHERE, BATCH_UNREADABLE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

MOST_WORKS = 5_000


def read_batch(content: Content, *, name: str, by: events.Actor | None) -> DepositBatch:
    """Look at an archive in the store and say of each work what keeps it from being published. Publishes nothing.

    The archive is read before the transaction, so that others can write meanwhile.

    Refuses what is no archive, or holds nothing that is known.
    """
    try:
        with store.on_disk(content.sha256) as path, zipfile.ZipFile(path) as archive:
            members = Members(archive)
            form, works = works_in(members)
    except BROKEN as error:
        raise Refused(BATCH_UNREADABLE(reason=name)) from error
    report = [_line(work, members.names) for work in works[:MOST_WORKS]]
    by_key = by.pk if by is not None else None
    with transaction.atomic():
        batch = DepositBatch.objects.create(
            name=name, form=form, sha256=content.sha256, report=report, created_at=clock.now(), created_by_id=by_key
        )
        events.record(DepositBatchRead(batch=batch.pk, works=len(report), good=batch.good), by=by)
    return batch


def store_batch(batch: DepositBatch, *, site: str, by: events.Actor | None) -> DepositBatch:
    """Publish every work without fault, each in a transaction with its line of the report: a run that was killed goes on where it was.

    A work that is refused after all says why in its line. Refuses a batch that was published or taken back.
    """
    batch = _begun(batch)
    with store.on_disk(batch.sha256) as path, zipfile.ZipFile(path) as archive:
        members = Members(archive)
        works = {work.place: work for work in works_in(members)[1]}
        publishing = partial(_publish, batch, members, site=site, by=by)
        for line in batch.report:
            if not line["faults"] and not line.get("deposit"):
                _store_line(batch, line, works[line["place"]], publishing)
    return _ended(batch, by)


@transaction.atomic
def undo_batch(batch: DepositBatch, *, by: events.Actor | None) -> int:
    """Take back what the batch published; how many works. One whose title was changed since, or has copies, stays, and its line says so."""
    current = _locked(batch, {BatchStates.STORED})
    undone = 0
    for line in current.report:
        deposit = Deposit.objects.select_related("record").filter(pk=line.get("deposit")).first()
        if deposit is not None and _take_back(deposit, by):
            line["deposit"] = None
            undone += 1
    current.state = BatchStates.UNDONE
    current.save(update_fields=["state", "report"])
    events.record(DepositBatchUndone(batch=current.pk, works=undone), by=by)
    return undone


def _line(work: Work, members: Collection[str]) -> dict[str, Any]:
    return {"place": work.place, "title": work.title[:300], "files": len(work.files), "faults": faults_of(work, members)}


def _locked(batch: DepositBatch, states: Collection[BatchStates]) -> DepositBatch:
    current = DepositBatch.objects.select_for_update().get(pk=batch.pk)
    if current.state not in states:
        raise Refused(BATCH_ELSEWHERE(state=current.get_state_display()))
    return current


@transaction.atomic
def _begun(batch: DepositBatch) -> DepositBatch:
    current = _locked(batch, {BatchStates.READ, BatchStates.RUNNING})
    current.state = BatchStates.RUNNING
    current.save(update_fields=["state"])
    return current


@transaction.atomic
def _ended(batch: DepositBatch, by: events.Actor | None) -> DepositBatch:
    batch.state = BatchStates.STORED
    batch.save(update_fields=["state"])
    events.record(DepositBatchStored(batch=batch.pk, works=batch.stored), by=by)
    return batch


def _store_line(batch: DepositBatch, line: dict[str, Any], work: Work, publishing: Callable[[Work], Deposit]) -> None:
    """One work: its line and its title are stored together, or the line says why not."""
    try:
        with transaction.atomic():
            published = publishing(work)
            line["deposit"], line["notes"] = published.pk, _address_kept(published, work)
            batch.save(update_fields=["report"])
    except Refused as refused:
        line["faults"], line["deposit"] = [str(reason) for reason in refused.reasons], None
        batch.save(update_fields=["report"])


def _publish(batch: DepositBatch, members: Members, work: Work, *, site: str, by: events.Actor | None) -> Deposit:
    now = clock.now()
    deposit = Deposit.objects.create(
        batch=batch,
        kind=work.kind_found,
        state=DepositStates.APPROVED,
        author=work.author[:200],
        author_number=work.author_number[:60],
        title=work.title,
        title_english=work.title_english,
        abstract=work.abstract,
        abstract_english=work.abstract_english,
        keywords=work.keywords[:500],
        year=work.year_found,
        programme=programme_called(work.programme) if work.programme else None,
        licence=work.licence,
        **({"language": work.language} if work.language else {}),
        submitted_at=now,
        created_at=now,
        changed_at=now,
    )
    set_people(deposit, work.people)
    for sequence, file in enumerate(work.files):
        _add_file(deposit, members, file, sequence, file.level or work.level)
    published = publish(deposit, site=site, by=by)
    _go_on_with(published, work, by)
    return published


def _go_on_with(published: Deposit, work: Work, by: events.Actor | None) -> None:
    """What holds where the work comes from holds here: days on which its files open."""
    assert published.record is not None  # noqa: S101 -- it is published
    files = File.objects.filter(record=published.record).order_by("sequence", "pk")
    for file, told in zip(files, work.files, strict=True):
        if told.embargo_until:
            reason = _("Embargo di repositori asalnya.")
            change_file(file, embargo_until=told.embargo_until, embargo_reason=reason, by=by)


def _address_kept(published: Deposit, work: Work) -> list[str]:
    """Let the address under which others know the work lead to it; what to tell where it leads to another already, and stays there."""
    if not work.former:
        return []
    facts = {"record": published.record, "title": published.title, "made_at": clock.now()}
    _kept, is_new = PermanentIdentifier.objects.get_or_create(code=work.former.lower(), defaults=facts)
    return (
        []
        if is_new
        else [_("Alamat lama %(code)s sudah dipakai karya lain; karya ini terbit tanpanya.") % {"code": work.former}]
    )


def _add_file(deposit: Deposit, members: Members, told: WorkFile, sequence: int, level: str) -> None:
    shown = (told.name or told.member).rpartition("/")[2][-200:]
    try:
        with members.open(told.member) as file:
            content = store.put(iter(lambda: file.read(store.PIECE), b""), name=shown, largest=terms().largest)
    except BROKEN as error:
        raise Refused(BATCH_UNREADABLE(reason=shown)) from error
    with store.on_disk(content.sha256) as path:
        seen, findings = looking.looked_at(path, content.media_type)
    part, label = cutting.part_called(shown.rpartition(".")[0].replace("_", " ")) or (Parts.WHOLE, "")
    usual = cutting.level_of(part, rule_for(deposit), is_first_chapter=False)
    DepositFile.objects.create(
        deposit=deposit,
        **vars(content),
        name=shown,
        part=part,
        label=label,
        level=LEVELS.get(level.lower(), usual),
        sequence=sequence,
        pages=seen.pages if seen and seen.pages else None,
        findings=findings,
        added_at=clock.now(),
    )


def _take_back(deposit: Deposit, by: events.Actor | None) -> bool:
    record = deposit.record
    if record is None or record.version > 1 or record.items.exists():
        return False
    record.permanent_identifiers.filter(code__contains="/").delete()
    files = File.objects.filter(record=record)
    files.update(replaced_by=None)
    files.delete()
    deposit.state = DepositStates.DISCARDED
    deposit.save(update_fields=["state"])
    remove_record(record, by=by)
    return True
