"""Every form asks for a day by ``Day``, which refuses what no library can have, as the forms of verbs do for every column."""

from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src" / "lumbung"


def test_no_form_takes_a_day_as_django_does() -> None:
    forms = {path: path.read_text(encoding="utf-8") for path in SOURCES.rglob("web/**/*.py")}
    assert sum(" Day(" in text for text in forms.values()) > 25
    assert [path.name for path, text in forms.items() if "forms.DateField(" in text] == []
