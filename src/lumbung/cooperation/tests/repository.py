"""Another repository on this machine, as strict as the protocol: what it is told to answer, page by page."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

HEAD = '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{date}</responseDate><request>x</request>'
IDENTIFY = (
    "<Identify><repositoryName>Repo</repositoryName><baseURL>x</baseURL><protocolVersion>2.0</protocolVersion>"
    "<adminEmail>a@b.id</adminEmail><earliestDatestamp>2020-01-01</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
    "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
)
DC = '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</oai_dc:dc>'


def a_dc(number: int, title: str, *, more: str = "") -> str:
    inner = f"<dc:title>{title}</dc:title><dc:creator>Toer, P. A.</dc:creator><dc:date>1980</dc:date>{more}"
    return (
        f"<record><header><identifier>oai:repo:{number}</identifier><datestamp>2026-01-0{number}T00:00:00Z</datestamp></header>"
        f"<metadata>{DC.format(inner + f'<dc:identifier>https://repo.example/{number}</dc:identifier>')}</metadata></record>"
    )


def a_tombstone(number: int) -> str:
    told = f"<identifier>oai:repo:{number}</identifier><datestamp>2026-02-01T00:00:00Z</datestamp>"
    return f'<record><header status="deleted">{told}</header></record>'


class Repository:
    """Another repository on this machine: what it was asked, and what it answers to each question after Identify."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.takes_get = self.packs = True
        self.pages: list[str | tuple[int, str | bytes, dict[str, str]]] = []
        self.date = "2026-03-01T10:00:00Z"
        repository = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if repository.takes_get:
                    self.tell(urlsplit(self.path).query)
                else:
                    self.send_error(405)

            def do_POST(self) -> None:
                self.tell(self.rfile.read(int(self.headers["Content-Length"])).decode())

            def tell(self, asked: str) -> None:
                question = {name: values[0] for name, values in parse_qs(asked).items()}
                repository.asked.append(question)
                status, body, headers = repository.answer(question)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                told = body if isinstance(body, bytes) else body.encode()
                if repository.packs and "gzip" in self.headers.get("Accept-Encoding", ""):
                    self.send_header("Content-Encoding", "gzip")
                    told = gzip.compress(told)
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.address = f"http://127.0.0.1:{self.server.server_port}/oai"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, question: dict[str, str]) -> tuple[int, str | bytes, dict[str, str]]:
        if question["verb"] == "Identify":
            return 200, f"{HEAD.format(date=self.date)}{IDENTIFY}</OAI-PMH>", {}
        page = self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]
        if isinstance(page, tuple):
            return page
        inner = page if page.startswith("<error") else f"<ListRecords>{page}</ListRecords>"
        return 200, f"{HEAD.format(date=self.date)}{inner}</OAI-PMH>", {}


@pytest.fixture
def repository(settings: Any) -> Iterator[Repository]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    running = Repository()
    yield running
    running.server.shutdown()
    running.server.server_close()
