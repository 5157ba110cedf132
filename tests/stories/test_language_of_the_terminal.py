"""What the command line says is in the language of the terminal, and what it serves in that of the library."""

import ast
from pathlib import Path

import pytest

import lumbung
from lumbung.formats.marc import Field, Record
from lumbung.formats.marc.iso2709_writer import to_iso2709
from lumbung.kernel.terminal import terminal_language
from lumbung.project.environment import Environment
from lumbung.project.trouble import SETTINGS_TAKE
from tests.installation import Installation

ENGLISH, INDONESIAN = {"LANG": "en_US.UTF-8"}, {"LANG": "id_ID.UTF-8"}
COMMANDS = sorted(Path(lumbung.__file__).parent.glob("*/management/commands/[!_]*.py"))
CALLED = [
    "migrate" if path.stem == "move_in" else path.stem
    for path in COMMANDS
    if path.parts[-4] != "kernel" or path.stem != "migrate"
]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "id"),
        ({"LANG": "C"}, "id"),
        ({"LANG": "POSIX"}, "id"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "en"}, "id"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "ms_MY.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_GB"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_AU.UTF-8", "LC_MESSAGES": "id_ID.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LANGUAGE": "en_US:id"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ms:id:en"}, "id"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": ""}, "en"),
    ],
)
def test_the_locale_says_which_language_is_spoken(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language


def test_the_overview_is_in_the_language_of_the_terminal(installation: Installation) -> None:
    told = {language: installation.run("--help", LANG=f"{language}.UTF-8").stdout for language in ("id_ID", "en_US", "C")}
    assert told["C"] == told["id_ID"]
    assert "lumbung PERINTAH [--data DIR] …   (bantuan: lumbung PERINTAH --help)" in told["id_ID"]
    assert "lumbung COMMAND [--data DIR] …   (help: lumbung COMMAND --help)" in told["en_US"]
    assert [line for line in told["en_US"].splitlines() if line and not line.startswith(("  ", "Lumbung", "lumbung"))] == [
        *("Installation", "Collection", "Searches", "Circulation", "Maintenance")
    ]
    assert not {line for line in told["id_ID"].splitlines() if line} & {line for line in told["en_US"].splitlines() if line}


@pytest.mark.parametrize("command", CALLED)
def test_the_help_of_every_command_is_in_the_language_of_the_terminal(installation: Installation, command: str) -> None:
    indonesian, english = (installation.run(command, "--help", **locale).stdout for locale in (INDONESIAN, ENGLISH))
    assert indonesian.startswith(f"pemakaian: lumbung {command} [-h]")
    assert english.startswith(f"usage: lumbung {command} [-h]")
    for words in ("pilihan:", "tampilkan bantuan ini, lalu selesai", "folder data (bawaan: data, atau menurut LUMBUNG_DATA)"):
        assert words in " ".join(indonesian.split())
    for words in ("options:", "show this help message and exit", "data folder (default: data, or what LUMBUNG_DATA says)"):
        assert words in " ".join(english.split())


@pytest.mark.parametrize(
    ("given", "indonesian", "english"),
    [
        (["pohon"], "Perintah “pohon” tidak dikenal.", "There is no command “pohon”."),
        (
            ["find"],
            "lumbung find: keliru: yang ini wajib disebut: query\n",
            "lumbung find: error: the following arguments are required: query\n",
        ),
        (["find", "x", "--page"], "--page: memerlukan satu isi\n", "argument --page: expected one argument\n"),
        (
            ["find", "x", "--page", "0"],
            "“0” tidak dapat dipakai; isi bilangan mulai 1\n",
            "“0” will not do; give a number from 1\n",
        ),
        (
            ["export", "--import-run", "x"],
            "--import-run: 'x' tidak dapat dipakai di sini\n",
            "argument --import-run: invalid int value: 'x'\n",
        ),
        (
            ["export", "--format", "x"],
            "--format: 'x' tidak ada; pilih dari",
            "argument --format: invalid choice: 'x' (choose from",
        ),
        (["doctor", "x"], "tidak dikenal: x\n", "unrecognized arguments: x\n"),
        (["requirements", "R999"], "Tidak ada kebutuhan R999", "There is no requirement R999"),
        (["--data"], "--data memerlukan nama folder", "--data needs the name of a folder"),
        (["import", "a.mrc"], "belum disiapkan untuk versi ini", "is not prepared for this version"),
    ],
)
def test_what_is_refused_is_told_in_the_language_of_the_terminal(
    installation: Installation, given: list[str], indonesian: str, english: str
) -> None:
    assert indonesian in installation.run(*given, **INDONESIAN).stderr
    told = installation.run(*given, **ENGLISH).stderr
    assert english in told
    assert indonesian not in told


def test_a_setting_that_cannot_be_used_is_told_in_the_language_of_the_terminal(installation: Installation) -> None:
    wrong = {"LUMBUNG_LANGUAGE": "xx", "LUMBUNG_SECURE": "mungkin", "LUMBUNG_INTERNAL_TARGETS": "10.0.0.0/8,x"}
    assert installation.run("find", "x", **wrong, **ENGLISH).stderr.splitlines() == [
        "Settings that cannot be used:",
        "  LUMBUNG_SECURE: Input should be a valid boolean, unable to interpret input",
        "  LUMBUNG_LANGUAGE: Input should be 'id' or 'en'",
        "  LUMBUNG_INTERNAL_TARGETS: value is not a valid IPv4 or IPv6 network",
    ]
    told = installation.run("find", "x", **wrong, **INDONESIAN).stderr
    assert "  LUMBUNG_LANGUAGE: isi dengan id atau en (Input should be 'id' or 'en')\n" in told
    assert "  LUMBUNG_SECURE: isi dengan true atau false (" in told


def test_what_a_setting_takes_is_known_of_settings_that_there_are() -> None:
    assert SETTINGS_TAKE.keys() <= Environment.model_fields.keys()
    plain = {name for name, field in Environment.model_fields.items() if field.annotation is str and not field.metadata}
    checked = {name for each in Environment.__pydantic_decorators__.field_validators.values() for name in each.info.fields}
    assert Environment.model_fields.keys() - plain - {"data"} | checked == SETTINGS_TAKE.keys() - {"lcp_certificate"}


def test_a_command_speaks_the_language_of_the_terminal_and_works_in_that_of_the_library(
    installation: Installation, laid: Path
) -> None:
    installation.take(laid)
    assert installation.run("reindex", **ENGLISH).stdout.startswith("0 titles indexed in ")
    assert installation.run("find", "bumi", **ENGLISH).stdout == "0 titles, page 1 of 1.\n"
    assert installation.run("find", "bumi", **INDONESIAN).stdout == "0 judul, halaman 1 dari 1.\n"
    file = installation.data.with_suffix(".mrc")
    file.write_bytes(to_iso2709(Record("00000nam a2200000 i 4500", [Field("245", "0", "0", [("a", "Padi gogo")])])))
    assert installation.run("import", "--dry-run", str(file), **ENGLISH).stderr == (
        f"Import number 1: {file.name} (dry run)\n"
        "Can be taken: titles: 1, copies: 0; rejected: records: 0, copies: 0; with warnings: 0.\n"
    )
    assert installation.run("migrate", "--go", "9", **ENGLISH).stderr == "There is no move number 9.\n"
    assert installation.run("undo-import", "1", **ENGLISH).stderr == "Import no. 1 is “Done”; there is nothing to undo.\n"
    assert "! Email\n    Mail is only written to the screen." in installation.run("doctor", **ENGLISH).stdout
    assert "! Surel\n    Surel hanya ditulis ke layar." in installation.run("doctor", **INDONESIAN).stdout


def test_pages_served_from_an_english_terminal_are_in_the_language_of_the_library(installation: Installation) -> None:
    installation.environment.update(ENGLISH)
    installation.start("up", "--empty")
    assert 'lang="id"' in installation.get("/setup").text
    assert installation.stop() == 0
    assert installation.output.endswith("Lumbung stopped cleanly.\n")
    assert "Preparing the database" in installation.output


SAYS = {"write", "CommandError", "_say", "_NotTakenError"}
ALIKE = {"DIR", "FILE", "R001", "\nLumbung is ready: "}
"""Words of a usage line that are the same in both languages."""


@pytest.mark.parametrize("file", COMMANDS, ids=lambda path: path.stem)
def test_no_command_says_a_sentence_in_one_language_alone(file: Path) -> None:
    bare = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            named = getattr(node.func, "attr", getattr(node.func, "id", ""))
            told = [each.value for each in node.keywords if each.arg in {"help", "metavar"}] + (
                node.args[:1] if named in SAYS else []
            )
            bare += [ast.unparse(each) for each in told if _has_words(each)]
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "help" and _has_words(node.value):
            bare.append(ast.unparse(node.value))
    assert bare == []


def _has_words(node: ast.expr) -> bool:
    """Whether letters stand in it that nobody translates: in a literal, or in one with places."""
    texts = node.values if isinstance(node, ast.JoinedStr) else [node]
    words = [each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return any(any(map(str.isalpha, word)) for word in words if word not in ALIKE)
