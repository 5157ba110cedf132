from pathlib import Path

from lumbung.project.requirements import rows_of, stories_by_row, with_stories

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")


def test_every_requirement_is_listed_once():
    ids = [row.id for row in rows_of(DOCUMENT)]
    assert len(ids) == 252
    assert len(set(ids)) == 252


def test_the_stories_column_tells_the_truth():
    stories = stories_by_row(ROOT)
    assert stories.keys() <= {row.id for row in rows_of(DOCUMENT)}
    assert with_stories(DOCUMENT, stories) == DOCUMENT, "run ./lumbung requirements --write"
