"""Tables of HTML made even, as Markdown knows them: no cell spans rows, no table stands in another, each cell is one line."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

MOST_SPANNED = 200
MOST_REACHED = 20_000
"""So many places the cells of a page may reach over beside their own; in a table that goes beyond that none reaches further."""
_ENDED = (".", ",", ";", ":", "!", "?")
_BULLET = re.compile(r"^[-*+] +")


def made_even(soup: BeautifulSoup) -> BeautifulSoup:
    """The same page with tables in tables told as words, and empty cells where a cell from a row above reaches down."""
    for inner in soup.select("table table"):
        inner.replace_with("; ".join(filter(None, (cell.get_text(" ", strip=True) for cell in inner.find_all(["td", "th"])))))
    for said in soup.select("td > p, th > p"):
        if said.find_next_sibling() and (text := said.get_text(strip=True)) and not text.endswith(_ENDED):
            said.append(";")
    left = MOST_REACHED
    for table in soup.find_all("table"):
        if (reached := _reached(table)) <= left:
            left -= reached
        else:
            _forget_spans(table)
        _fill_below(soup, table)
    return soup


def _fill_below(soup: BeautifulSoup, table: Tag) -> None:
    """How far each column is still taken by a cell from above, row after row."""
    taken: dict[int, int] = {}
    for row in table.find_all("tr"):
        column, below = 0, dict[int, int]()
        for cell in [*row.find_all(["td", "th"], recursive=False), None]:
            while taken.get(column, 0) > 0:
                below[column] = taken[column] - 1
                empty = soup.new_tag("td")
                row.append(empty) if cell is None else cell.insert_before(empty)
                column += 1
            if cell is not None:
                cell["colspan"] = str(_span(cell, "colspan"))
                for _ in range(_span(cell, "colspan")):
                    below[column] = _span(cell, "rowspan") - 1
                    column += 1
        taken = below


def _reached(table: Tag) -> int:
    """Over how many places the cells reach beside their own."""
    return sum(_span(cell, "colspan") * _span(cell, "rowspan") - 1 for cell in table.find_all(["td", "th"]))


def _forget_spans(table: Tag) -> None:
    for cell in table.find_all(["td", "th"]):
        cell["colspan"] = cell["rowspan"] = "1"


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, ""))
    return max(1, min(MOST_SPANNED, int(said))) if said.isdecimal() else 1


def one_line(text: str) -> str:
    """What a cell says in one line: its paragraphs and the points of its lists one after another."""
    said = ""
    for line in _lines(text):
        said += f"{' ' if said.endswith(_ENDED) else '; '}{line}" if said else line
    return said.replace("|", r"\|")


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if tidy := " ".join(_BULLET.sub("", line.strip().removesuffix("\\")).split()):
            yield tidy
