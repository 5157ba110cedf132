"""Asking another machine: judged, bounded, and never led elsewhere unasked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.http import ask


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/elsewhere":
            self.answer(302, b"", location="/here?as=told")
        elif self.path == "/inside":
            self.answer(302, b"", location="http://10.1.2.3/")
        elif self.path == "/slow":
            time.sleep(2)
        elif self.path == "/large":
            self.answer(200, b"x" * 2001)
        elif self.path == "/gone":
            self.answer(404, b"no such page")
        else:
            self.answer(200, self.path.encode())

    def do_POST(self):
        self.answer(201, self.rfile.read(int(self.headers["Content-Length"])) + self.headers["X-Kind"].encode())

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def here(settings) -> Iterator[str]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with site() as address:
        yield address


def failure(url: str, **bounds: object) -> Failures:
    with pytest.raises(Failed) as failed:
        ask(url, **bounds)
    return failed.value.failure


def test_an_answer_comes_whole_whatever_its_status(here):
    gone = ask(f"{here}/gone")
    assert (gone.status, gone.is_success, gone.body) == (404, False, b"no such page")


def test_a_body_and_headers_are_sent(here):
    answer = ask(f"{here}/", method="POST", body=b"buku ", headers={"X-Kind": "baru"})
    assert (answer.status, answer.is_success, answer.body) == (201, True, b"buku baru")


def test_a_redirect_is_followed_only_when_asked(here):
    assert ask(f"{here}/elsewhere").status == 302
    onward = ask(f"{here}/elsewhere", redirects=1)
    assert (onward.status, onward.body, onward.url) == (200, b"/here?as=told", f"{here}/here?as=told")


def test_a_redirect_into_our_own_network_is_judged_like_every_address(here):
    assert failure(f"{here}/inside", redirects=3) == Failures.INTERNAL


def test_what_is_too_large_or_too_slow_is_not_waited_for(here):
    assert failure(f"{here}/large", largest=2000) == Failures.TOO_LARGE
    assert failure(f"{here}/slow", seconds=0.3) == Failures.TIMEOUT


def test_our_own_machine_is_not_asked_unless_the_settings_allow_it():
    with site() as address:
        assert failure(address) == Failures.INTERNAL


@pytest.mark.parametrize(
    "url", ["", "ftp://example.org/", "http://", "http://[::1", "file:///etc/passwd", "http://example.org:99999/"]
)
def test_what_is_no_web_address_is_said_so(url):
    assert failure(url) == Failures.ADDRESS


def test_a_line_break_in_an_address_makes_no_second_request(here):
    assert failure(f"{here}/a\r\nX-Kind: b") in {Failures.BROKEN, Failures.ADDRESS}
