"""Background work of the portal."""

from django_tasks import task

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles import arriving
from lumbung.knowledge.models import ArticleImport


@task()
def go_on_with_import(run: int, by: int = 0) -> None:
    """Do what is next with this import: look it through, store it, or, for the user ``by``, take it back.

    A failure of storage or database is raised, so that it is tried again.
    """
    row = ArticleImport.objects.select_related("by").filter(pk=run).first()
    if row is None:  # it was discarded meanwhile
        return
    try:
        if row.state == ArticleImport.States.TRYING:
            arriving.try_out(row)
        elif row.state == ArticleImport.States.RUNNING:
            arriving.carry_out(row)
        elif row.state == ArticleImport.States.UNDOING:
            arriving.undo(row, by=User.objects.filter(pk=by).first())
    except Refused:  # in the hands of another process, taken back, or done: nothing is left to do here
        return
