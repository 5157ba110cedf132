import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = ROOT / "docs" / "decisions"
LIBRARIES = (DECISIONS / "0015-the-libraries-we-stand-on.md").read_text(encoding="utf-8").lower()


def test_every_decision_has_a_number_of_its_own_and_a_sentence_for_a_title():
    numbers = [path.name[:4] for path in sorted(DECISIONS.glob("0*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in DECISIONS.glob("*.md"))


def test_every_library_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    python = [*project["project"]["dependencies"], *groups["dev"], *groups["uv"]]
    browser = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    names = {re.split(r"[\[<>=]", each)[0] for each in python if isinstance(each, str)}
    names |= browser["dependencies"].keys() | browser["devDependencies"].keys()
    spelt = {"psycopg": "psycopg 3", "htmx.org": "htmx"}
    assert [name for name in sorted(names) if spelt.get(name, name) not in LIBRARIES] == []
