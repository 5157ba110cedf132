"""A TLS edge before a real node, as clusters have one: it wants a name and a password, and can be told to be busy for a while."""

import base64
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import urllib3

USER, PASSWORD = "perpus", "r@hasia"
BUSY = {"error": {"type": "circuit_breaking_exception", "reason": "[parent] Data too large"}, "status": 429}


class Edge(ThreadingHTTPServer):
    """``busy`` requests more are answered 429; ``asked`` counts all that came with the right password."""

    daemon_threads = True

    def __init__(self, node: str, certificate: Path, key: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.node = urllib3.PoolManager(retries=False)
        self.behind = node
        self.busy = self.asked = 0
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def host(self) -> str:
        return f"localhost:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Edge
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != wanted:
            self._say(401, b"Unauthorized")
            return
        self.server.asked += 1
        if self.server.busy:
            self.server.busy -= 1
            self._say(429, json.dumps(BUSY).encode())
            return
        kind = {"content-type": self.headers["Content-Type"]} if body else {}
        answer = self.server.node.request(self.command, self.server.behind + self.path, body=body or None, headers=kind)
        self._say(answer.status, answer.data)

    do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 -- the names http.server calls

    def _say(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def edge_before(node: str, folder: Path) -> Iterator[tuple[Edge, Path]]:
    """The running edge, and the certificate to trust it by. Skips without openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    certificate, key = folder / "edge.pem", folder / "edge.key"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    edge = Edge(node, certificate, key)
    threading.Thread(target=edge.serve_forever, daemon=True).start()
    try:
        yield edge, certificate
    finally:
        edge.shutdown()
        edge.server_close()
