"""``docs/requirements.md`` and the story tests that show its rows."""

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROW = re.compile(r"^\| (R\d{3}) \| (.+?) \| (.*?) \|$")
NOT_YET = "belum"


@dataclass(frozen=True)
class Row:
    """One requirement. ``stories`` are the tests that show it, as pytest names them."""

    id: str
    sentence: str
    stories: tuple[str, ...]

    def __str__(self) -> str:
        shown = ", ".join(f"`{story}`" for story in self.stories) or NOT_YET
        return f"| {self.id} | {self.sentence} | {shown} |"


def stories_by_row(root: Path) -> dict[str, tuple[str, ...]]:
    """Which tests carry ``@pytest.mark.requirement`` with each id; found by reading, not by running."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests" / "stories").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for row in _marks(node):
                    found[row].append(f"{path.relative_to(root).as_posix()}::{node.name}")
    return {row: tuple(stories) for row, stories in found.items()}


def _marks(test: ast.FunctionDef) -> list[str]:
    """The ids in the test's requirement marks."""
    ids = []
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.requirement":
            ids += [
                argument.value
                for argument in mark.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
    return ids


def rows_of(text: str) -> list[Row]:
    """The rows as the document has them."""
    matches = filter(None, map(ROW.match, text.splitlines()))
    return [Row(match[1], match[2], tuple(re.findall(r"`([^`]+)`", match[3]))) for match in matches]


def with_stories(text: str, stories: dict[str, tuple[str, ...]]) -> str:
    """The document with the third column made anew."""
    lines = []
    for line in text.splitlines():
        match = ROW.match(line)
        lines.append(str(Row(match[1], match[2], stories.get(match[1], ()))) if match else line)
    return "\n".join(lines) + "\n"
