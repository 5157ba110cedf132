"""Background work of the catalogue."""

from datetime import datetime

from django_tasks import task

from lumbung.accounts.models import User
from lumbung.catalogue.domain import batches, exports, imports, labels, likely_pairs, withdrawals
from lumbung.catalogue.domain.quality import survey_quality
from lumbung.catalogue.domain.stock_takes import opening
from lumbung.catalogue.models import Batch, DuplicateSearch, ExportRun, ImportRun, LabelRun, StockTake, Withdrawal
from lumbung.catalogue.refusals import RUNS_ELSEWHERE
from lumbung.kernel import clock
from lumbung.kernel.jobs import leases
from lumbung.kernel.refusals import Refused


@task()
def run_import(run: int) -> None:
    """Run the import with this key, or go on with it. A failure of storage or database is raised, so that it is tried again; while another
    process has it in hand, it waits: that may be the one that just failed."""
    try:
        imports.run_import(ImportRun.objects.get(pk=run))
    except Refused as refused:
        if RUNS_ELSEWHERE.code in refused.codes:
            run_import.using(run_after=_once_it_lets_go()).enqueue(run=run)
        # done, undone, or its page says why it stopped: nothing is left to do here


@task()
def undo_import(run: int, by: int | None) -> None:
    """Undo the import with this key, or go on undoing it, for the user ``by``. While another process has it in hand, it waits: that may be
    one that just failed."""
    actor = User.objects.filter(pk=by).first() if by is not None else None
    try:
        imports.undo_import(ImportRun.objects.get(pk=run), by=actor)
    except Refused as refused:
        if RUNS_ELSEWHERE.code in refused.codes:
            undo_import.using(run_after=_once_it_lets_go()).enqueue(run=run, by=by)
        # the run stands again and its page says why: undone it is only when somebody asks again


def _once_it_lets_go() -> datetime:
    """When to look again: one that is gone by then holds the import no longer. Waiting is no failure, however long the other takes."""
    return clock.now() + leases.LENGTH


@task()
def prepare_stock_take(stock_take: int) -> None:
    """Write down what this count is to find."""
    opening.prepare(StockTake.objects.get(pk=stock_take))


@task()
def run_export(run: int, pages: str) -> None:
    """Write the file of this export; ``pages`` is where our record pages begin."""
    exports.run_export(ExportRun.objects.get(pk=run), pages=pages)


@task()
def set_labels(run: int) -> None:
    """Set the sheets of these labels."""
    labels.run_labels(LabelRun.objects.get(pk=run))


@task()
def go_on_with_batch(batch: int) -> None:
    """Do what is next with this batch: work it out, carry it out, or take it back."""
    row = Batch.objects.get(pk=batch)
    steps = {
        Batch.States.PREPARING: batches.prepare_batch,
        Batch.States.RUNNING: batches.run_batch,
        Batch.States.UNDOING: batches.undo_batch,
    }
    if step := steps.get(Batch.States(row.state)):
        step(row)


@task()
def look_through_catalogue(by: int | None) -> None:
    """Survey the quality of all records, for the user ``by``."""
    survey_quality(by=User.objects.filter(pk=by).first() if by is not None else None)


@task()
def search_for_duplicates(search: int) -> None:
    """Walk through the catalogue for records that are alike, or go on with it."""
    likely_pairs.carry_on(DuplicateSearch.objects.get(pk=search))


@task()
def go_on_with_withdrawal(withdrawal: int, by: int | None) -> None:
    """Do what is next with this weeding: find its copies, let them go, or, for the user ``by``, give them back."""
    row = Withdrawal.objects.get(pk=withdrawal)
    if row.state == Withdrawal.States.PREPARING:
        withdrawals.prepare_withdrawal(row)
    elif row.state == Withdrawal.States.RUNNING:
        withdrawals.run_withdrawal(row)
    elif row.state == Withdrawal.States.UNDOING:
        withdrawals.take_back_withdrawal(row, by=User.objects.filter(pk=by).first() if by is not None else None)
