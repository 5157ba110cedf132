"""SRU 1.1, 1.2 and 2.0: the addresses a client asks at, and what the answers say.

Sources: https://www.loc.gov/standards/sru/ (1.1, 1.2) and OASIS searchRetrieve 1.0 (SRU 2.0). Elements are known by their local names,
so all versions and every prefix are read alike. No document type is read: no entity can be declared.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode
from xml.parsers import expat


class Version(StrEnum):
    V1_1 = "1.1"
    V1_2 = "1.2"
    V2_0 = "2.0"


class NotSru(ValueError):
    """The bytes are no answer of SRU."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """``number`` in ``info:srw/diagnostic/1/`` (0 for one of another list), the server's message, and details such as a name."""

    number: int
    message: str = ""
    details: str = ""


@dataclass(slots=True)
class Response:
    """``records`` are the contents of ``recordData``, as XML in UTF-8; a record that could not be had is left out, with a diagnostic."""

    total: int = 0
    records: list[bytes] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class Explained:
    """What a server says of itself; names of indexes with their context set (``dc.title``), schemas by their short names."""

    title: str = ""
    indexes: list[str] = field(default_factory=list)
    schemas: list[str] = field(default_factory=list)


def search_url(base: str, query: str, *, version: Version, start: int, most: int, schema: str) -> str:
    """The address of ``searchRetrieve``: ``most`` records of this schema from ``start``, the first being 1."""
    asked: dict[str, str] = {} if version is Version.V2_0 else {"operation": "searchRetrieve"}
    asked |= {"version": version, "query": query, "startRecord": str(start), "maximumRecords": str(most)}
    if schema:
        asked["recordSchema"] = schema
    return _at(base, asked)


def explain_url(base: str, *, version: Version) -> str:
    return _at(base, {"version": version} | ({} if version is Version.V2_0 else {"operation": "explain"}))


def term(text: str) -> str:
    """``text`` as a CQL term in quotation marks; masks in it are letters."""
    return '"' + "".join(f"\\{each}" if each in '"\\*?^' else each for each in text) + '"'


def read_response(data: bytes) -> Response:
    """What a ``searchRetrieveResponse`` says. Raises NotSru for anything else."""
    reader = _ResponseReader()
    reader.parse(data, "searchRetrieveResponse")
    return reader.response


def read_explain(data: bytes) -> Explained:
    """What an ``explainResponse`` says, as far as it says anything. Raises NotSru for anything else."""
    reader = _ExplainReader()
    reader.parse(data, "explainResponse")
    return reader.explained


def _at(base: str, asked: dict[str, str]) -> str:
    joint = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    return base + joint + urlencode(asked)


class _Reader:
    """Walks over a document; the path holds the local names of the elements that are open."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def parse(self, data: bytes, root: str) -> None:
        self.root = root
        try:
            self.parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise NotSru(str(error)) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self.path and local != self.root:
            raise NotSru(f"<{local}> is not <{self.root}>")
        self.path.append(local)
        self.text.clear()
        self.opened(local, attributes)

    def _end(self, name: str) -> None:
        self.closed(self.path[-1], "".join(self.text).strip())
        self.path.pop()
        self.text.clear()

    def opened(self, local: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def closed(self, local: str, text: str) -> None:
        """An element ends; ``text`` is what stood in it alone."""


class _ResponseReader(_Reader):
    """Content of ``recordData`` is written anew as it is read, so that it stands by itself whatever stood around it."""

    def __init__(self) -> None:
        super().__init__()
        self.response = Response()
        self.diagnostic: dict[str, str] = {}
        self.copy: list[str] | None = None
        self.in_data: int = 0

    def opened(self, local: str, attributes: dict[str, str]) -> None:
        if local == "recordData" and not self.in_data:
            self.in_data, self.copy = len(self.path), []
            self.parser.CharacterDataHandler = self._copy_text
        elif self.in_data:
            self._copied().append(_start_tag(local, attributes))
        if local == "diagnostic":
            self.diagnostic = {}

    def closed(self, local: str, text: str) -> None:
        if local == "recordData" and len(self.path) == self.in_data:
            self._end_record("".join(self._copied()))
        elif self.in_data:
            self._copied().append(f"</{local}>")
        elif local == "numberOfRecords" and text.isascii() and text.isdigit():
            self.response.total = int(text[:12])
        if self.diagnostic is not None and local in {"uri", "message", "details"} and "diagnostic" in self.path:
            self.diagnostic[local] = text
        if local == "diagnostic":
            self.response.diagnostics.append(_diagnostic(self.diagnostic))

    def _copied(self) -> list[str]:
        return self.copy if self.copy is not None else []

    def _copy_text(self, text: str) -> None:
        self.text.append(text)
        self._copied().append(_escaped(text))

    def _end_record(self, content: str) -> None:
        """A record packed as a string is unpacked; one that is a diagnostic is none."""
        self.in_data, self.copy = 0, None
        self.parser.CharacterDataHandler = self.text.append
        content = content.strip()
        if content.startswith("&lt;"):
            content = _unescaped(content)
        if content and not content.startswith("<diagnostic"):
            self.response.records.append(content.encode())


class _ExplainReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.explained = Explained()
        self.set = ""

    def opened(self, local: str, attributes: dict[str, str]) -> None:
        if local == "schema" and attributes.get("name"):
            self.explained.schemas.append(attributes["name"])
        if local == "name":
            self.set = attributes.get("set", "")

    def closed(self, local: str, text: str) -> None:
        if local == "title" and self.path[-2:-1] == ["databaseInfo"] and not self.explained.title:
            self.explained.title = text
        if local == "name" and "index" in self.path and text:
            self.explained.indexes.append(f"{self.set}.{text}" if self.set else text)


def _diagnostic(said: dict[str, str]) -> Diagnostic:
    head, _, number = said.get("uri", "").rpartition("/")
    ours = head == "info:srw/diagnostic/1" and number.isascii() and number.isdigit()
    return Diagnostic(int(number[:6]) if ours else 0, said.get("message", ""), said.get("details", ""))


def _start_tag(local: str, attributes: dict[str, str]) -> str:
    told = "".join(
        f' {name}="{_escaped(value)}"' for name, value in attributes.items() if not name.startswith("xmlns") and ":" not in name
    )
    return f"<{local}{told}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _refuse_doctype(*_: object) -> None:
    raise NotSru("a document type is not read")
