"""Who asks, and how an answer is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lumbung.formats.oai_pmh import Code, Problem, Wrong

Told = Iterator[str]


@dataclass(frozen=True, slots=True)
class Caller:
    """``base`` is the address as it was called, ``site`` the one under which everything has its page."""

    base: str
    site: str
    agent: str = ""
    address: str | None = None

    def page_of(self, record: int) -> str:
        return escape(f"{self.site}/records/{record}")

    @property
    def door(self) -> str:
        """The site, as it is written in XML."""
        return escape(self.site)


def refuse(code: Code, told: str) -> Wrong:
    """The error of one reason."""
    return Wrong([Problem(code, told)])
