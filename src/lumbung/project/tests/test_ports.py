"""Why an address cannot be listened on."""

import errno
import socket

import pytest

from lumbung.project.preparation import require_free_port
from lumbung.project.trouble import Trouble


def test_a_port_that_only_root_may_open_is_not_called_taken(monkeypatch):
    def bind(self, address):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", bind)
    with pytest.raises(Trouble) as refused:
        require_free_port("127.0.0.1", 80)
    assert (refused.value.exit_code, str(refused.value).splitlines()[0]) == (5, "Porta 80 hanya boleh dibuka oleh root.")
