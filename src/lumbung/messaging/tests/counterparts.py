"""Other sides of channels on loopback: each hears requests over real sockets, judges them as the published description says, answers."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Heard:
    """One request: JSON is read, and of a form with a file the fields (files as bytes)."""

    method: str
    path: str
    headers: dict[str, str]
    said: Any
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Says:
    """An answer; ``cut``: the line breaks after the request was heard."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


class Counterpart:
    """A server that hears and answers by ``answer``; answers in ``next`` go first, one for each request."""

    def __init__(self, answer: Callable[[Heard], Says]) -> None:
        self.heard: list[Heard] = []
        self.next: list[Says] = []
        self._answer = answer
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, heard: Heard) -> Says:
        self.heard.append(heard)
        return self.next.pop(0) if self.next else self._answer(heard)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        side = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                says = side.answer(Heard(self.command, parts.path, headers, _read(body, self.headers), query))
                if says.cut:
                    self.connection.close()
                    return
                sent = says.body if isinstance(says.body, bytes) else json.dumps(says.body).encode()
                self.send_response(says.status)
                for name, value in {**says.headers, "Content-Length": str(len(sent))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(sent)

            def do_GET(self) -> None:
                self.answer()

            def do_POST(self) -> None:
                self.answer()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _read(body: bytes, headers: Any) -> Any:
    kind = headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        return json.loads(body)
    if not kind.startswith("multipart/form-data"):
        return body
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=policy.default)
    fields: dict[str, Any] = {}
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        fields[part.get_param("name", header="content-disposition")] = content if part.get_filename() else content.decode()
    return fields


@contextmanager
def counterpart(answer: Callable[[Heard], Says]) -> Iterator[Counterpart]:
    side = Counterpart(answer)
    try:
        yield side
    finally:
        side.close()
