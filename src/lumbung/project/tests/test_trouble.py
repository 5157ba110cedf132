"""What the operator is told of an error that only they can mend."""

from pathlib import Path

import pytest
from django.db import OperationalError

from lumbung.project.trouble import trouble_of

TANTIVY = "An IO error occurred: 'No space left on device (os error 28) at path \"/data/index/v12/.tmpz7TtUw\"'"


@pytest.mark.parametrize(
    "error", [ValueError(TANTIVY), OSError(28, "No space left"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_told_whoever_noticed_it(error: Exception) -> None:
    trouble = trouble_of(error, Path("/data"))
    assert trouble is not None
    assert (trouble.exit_code, str(trouble).splitlines()[0]) == (4, "Disk penuh: /data")


def test_a_fault_of_the_program_is_none() -> None:
    assert trouble_of(ValueError("invalid literal for int()"), Path("/data")) is None
