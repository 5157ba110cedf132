"""A packed backup that is locked or would fill the disk is answered in clear words, before anything is taken out of it."""

import pytest

from lumbung.moving.tests.test_archives import BOMB, locked
from lumbung.project.backup import BackupUnsound
from lumbung.project.restore import restore_backup


@pytest.mark.parametrize(("content", "words"), [(locked(), "terkunci kata sandi"), (BOMB, "jauh lebih besar")])
@pytest.mark.django_db
def test_a_restore_of_such_an_archive_says_why(tmp_path, settings, content, words):
    settings.DATA = tmp_path / "data"
    file = tmp_path / "cadangan.zip"
    file.write_bytes(content)
    with pytest.raises(BackupUnsound) as told:
        restore_backup(file, force=True)
    assert words in str(told.value)
