"""``docs/requirements.md`` and the story tests that show its rows."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROW = re.compile(r"^\| (R\d{3}) \| (.+?) \| (.*?) \|$")
NOT_YET = "belum"


@dataclass(frozen=True)
class Row:
    """One requirement. ``stories`` are the tests that show it, as pytest names them; ``missing`` what they do not show yet."""

    id: str
    sentence: str
    stories: tuple[str, ...]
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = ", ".join(f"`{story}`" for story in self.stories) or NOT_YET
        still = f" – {NOT_YET}: {'; '.join(self.missing)}" if self.missing else ""
        return f"| {self.id} | {self.sentence} | {shown}{still} |"


@dataclass(frozen=True)
class Shown:
    """What the stories show of one row."""

    stories: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def stories_by_row(root: Path) -> dict[str, Shown]:
    """Which tests carry ``@pytest.mark.requirement`` with each id; found by reading, not by running.

    A mark says in ``missing`` what of its rows no story shows yet.
    """
    stories: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests" / "stories").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for row, lack in _marks(node):
                    stories[row].append(f"{path.relative_to(root).as_posix()}::{node.name}")
                    missing[row] += [lack] if lack and lack not in missing[row] else []
    return {row: Shown(tuple(names), tuple(missing[row])) for row, names in stories.items()}


def _marks(test: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Each id in the test's requirement marks, with what the mark says is missing."""
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.requirement":
            lack = next((ast.literal_eval(word.value) for word in mark.keywords if word.arg == "missing"), "")
            for argument in mark.args:
                yield ast.literal_eval(argument), lack


def rows_of(text: str) -> list[Row]:
    """The rows as the document has them."""
    matches = filter(None, map(ROW.match, text.splitlines()))
    return [Row(match[1], match[2], tuple(re.findall(r"`([^`]+)`", match[3])), _lacks(match[3])) for match in matches]


def _lacks(column: str) -> tuple[str, ...]:
    _, still, lacks = column.partition(f" – {NOT_YET}: ")
    return tuple(lacks.split("; ")) if still else ()


def with_stories(text: str, shown: dict[str, Shown]) -> str:
    """The document with the third column made anew."""
    lines = []
    for line in text.splitlines():
        match = ROW.match(line)
        stories = shown.get(match[1], Shown()) if match else Shown()
        lines.append(str(Row(match[1], match[2], stories.stories, stories.missing)) if match else line)
    return "\n".join(lines) + "\n"
