"""Work of this part that takes longer than a page may."""

from django_tasks import task

from lumbung.accounts.models import User
from lumbung.digital.domain import words
from lumbung.digital.domain.batches.course import store_batch as store_works
from lumbung.digital.models import DepositBatch, File
from lumbung.kernel.jobs.reactions import SLOW


@task()
def store_batch(batch: int, site: str, by: int) -> None:
    """Publish a batch of deposits; goes on where an earlier run was killed."""
    store_works(DepositBatch.objects.get(pk=batch), site=site, by=User.objects.filter(pk=by).first())


@task(queue_name=SLOW)
def read_words(file: int) -> None:
    """Read the words of the file with this key."""
    words.read_words(File.objects.get(pk=file))
