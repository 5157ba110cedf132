"""An empty database is laid at once; step by step, the migrations lead to the same."""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.installation import Installation

EACH_MODEL_ONCE = """
from django.db.migrations.state import ProjectState
from lumbung.project.command_line import main

def add_model(state, model):
    state.models[model.app_label, model.name_lower] = model
    if "apps" in vars(state):
        state.apps.render_multiple([model])

ProjectState.add_model = add_model
main()
"""
"""The program, but that a model which a migration adds is made alone, and not every other that it leads to with it: four times quicker."""


def parts_of(file: Path) -> Iterator[tuple[str, object]]:
    """Tables with their columns, keys and the names of their constraints; indexes and triggers with their words; the migrations done."""
    with closing(sqlite3.connect(file)) as database:
        for kind, name, words in database.execute("select type, name, sql from sqlite_master where name not like 'sqlite_%'"):
            if kind != "table":
                yield f"{kind} {name}", re.sub(r"\s+", " ", words)
                continue
            yield name, sorted(row[1:] for row in database.execute(f'pragma table_xinfo("{name}")'))
            yield f"{name} →", sorted(row[2:] for row in database.execute(f'pragma foreign_key_list("{name}")'))
            yield f"{name} !", sorted(re.findall(r'CONSTRAINT "([^"]+)"', words))
        yield "migrations", sorted(database.execute("select app, name from django_migrations"))


@pytest.mark.process
def test_what_is_laid_at_once_is_what_the_migrations_make(installation: Installation, tmp_path: Path):
    assert installation.run("migrate", "-v0").returncode == 0
    laid = installation.data / "lumbung.sqlite3"
    by_steps = Installation(tmp_path / "steps", (sys.executable, "-c", EACH_MODEL_ONCE))
    assert by_steps.run("migrate", "kernel", "-v0").returncode == 0  # then there are tables, and the rest goes step by step
    assert by_steps.run("migrate", "-v0").returncode == 0
    made = dict(parts_of(by_steps.data / "lumbung.sqlite3"))
    assert len(made) > 500
    assert dict(parts_of(laid)) == made
