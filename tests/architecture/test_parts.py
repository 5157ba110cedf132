"""What import contracts cannot see: foreign keys point down, nobody writes another part's rows, no hidden wires."""

import ast
import functools
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lumbung"
STOREYS: dict[str, int] = {
    part: storey
    for storey, parts in enumerate(
        [
            {"formats"},
            {"kernel"},
            {"organization", "search", "messaging"},
            {"accounts"},
            {"members"},
            {"catalogue"},
            {"circulation", "acquisitions", "spaces", "desk", "knowledge", "digital"},
            {"discovery", "moving", "cooperation"},
            {"reactions"},
            {"project"},
        ]
    )
    for part in parts
}
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("lumbung.")]
WRITES = {
    "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save",
    "acreate", "aupdate", "adelete", "asave",
}  # fmt: skip


def part_of(module: str) -> str:
    return module.split(".")[1]


def sources(*, tests: bool = False) -> list[Path]:
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


@functools.cache
def trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sources()]


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"  # type: ignore[attr-defined]


def test_every_part_has_a_storey():
    parts = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert parts == STOREYS.keys()


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[models.Model]):
    own = part_of(model.__module__)
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            target = field.related_model.__module__
            if target.startswith("lumbung.") and part_of(target) != own:
                assert STOREYS[part_of(target)] < STOREYS[own], f"{model._meta.label}.{field.name} points up or sideways"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_the_database_knows_the_constraints_by_sentences(model: type[models.Model]):
    for constraint in model._meta.constraints:
        assert constraint.name.islower()
        assert len(constraint.name.split("_")) >= 3, f"{constraint.name} is no sentence"


def test_no_part_writes_the_rows_of_another():
    owners = {model.__name__: part_of(model.__module__) for model in OUR_MODELS}
    wrong = []
    for path, tree in trees():
        part = path.relative_to(PACKAGE).parts[0]
        foreign = {
            name.asname or name.name: owners[name.name]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.startswith("lumbung.")
            and ".models" in node.module
            for name in node.names
            if owners.get(name.name, part) != part
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                if (root := _root(node.func)) in foreign:
                    wrong.append(f"{place(path, node)} writes {root}, which belongs to {foreign[root]}")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in foreign:
                wrong.append(f"{place(path, node)} makes a {node.func.id}, which belongs to {foreign[node.func.id]}")
    assert wrong == []


def _root(node: ast.expr) -> str:
    """The name a chain of attributes and calls begins with: ``Loan`` in ``Loan.objects.filter(…).update``."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def test_no_signals_between_parts():
    assert [
        place(path, node)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and re.search(r"^django\..*(dispatch|signals)$", node.module)
    ] == []


def test_no_fault_is_swallowed_whole():
    assert [
        place(path, node)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (ast.unparse(node.type) in {"Exception", "BaseException"} and isinstance(node.body[0], ast.Pass))
        )
    ] == []


def test_functions_fit_a_screen():
    wrong = [
        f"{place(path, node)} {node.name}: {length} lines"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) >= 60
    ]
    assert wrong == []


def test_files_can_be_read_in_one_go():
    folders = ["tools/*.py", "bench/*.py", "tests/**/*.py", "frontend/islands/*.ts"]
    others = [path for each in folders for path in ROOT.glob(each)]
    wrong = {
        str(path.relative_to(ROOT)): lines
        for path in [*sources(tests=True), *others]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= 400
    }
    assert wrong == {}


EMPTY_WORDS = re.compile(r"^_*(do|handle|process)_|(Manager|Service|Utils?|Utility|Helper)$|helper")
DJANGO_WORDS = {
    "UserManager",
    "process_view",
    "process_exception",
    "handle_starttag",
    "handle_endtag",
    "handle_data",
}  # and html.parser's


def test_nobody_is_called_by_a_name_that_says_nothing():
    assert [
        f"{place(path, node)} {node.name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and EMPTY_WORDS.search(node.name) and node.name not in DJANGO_WORDS
    ] == []
