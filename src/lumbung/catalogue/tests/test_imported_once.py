"""A file that two send at the same moment, or one by pressing twice, is taken in once."""

import pytest
from django.core.files.storage import default_storage

from lumbung.catalogue.domain import imports
from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.tests.factories import file_of, marc_of
from lumbung.kernel.tests.race import race


@pytest.mark.django_db(transaction=True)
def test_of_two_that_send_one_file_at_once_one_is_told_that_it_is_there() -> None:
    content = file_of([marc_of("Bumi manusia")]).getvalue()
    started, refused = race(
        *(lambda: imports.start_import(file_of([marc_of("Bumi manusia")]), name="a.mrc", by=None) for _ in range(3))
    )
    assert (len(started), refused) == (1, [["already_imported"]] * 2)
    run = ImportRun.objects.get()
    assert (run.file_size, default_storage.listdir("imports")[1]) == (len(content), [run.stored_file.rpartition("/")[2]])
