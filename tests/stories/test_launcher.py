"""The launcher of a clone: what it tells of its tools, and of a machine that lacks something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import SOURCE
from tools import door

LAUNCHER = SOURCE.parent / "lumbung"


@pytest.mark.parametrize("tool", door.TOOLS)
def test_a_tool_of_the_clone_tells_its_use_and_does_nothing(tool: str, capsys: pytest.CaptureFixture[str]):
    assert door.main([tool, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"./lumbung {tool}")


def test_the_overview_of_a_clone_names_its_tools_too(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "prepare", lambda *, developer: None)
    monkeypatch.setenv("LUMBUNG_DATA", "")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert door.main(["--help"]) == 0
    listed = [line.strip() for line in capfd.readouterr().out.splitlines() if line.startswith("  ")]
    named = [line.split()[0] for line in listed]
    assert {*door.TOOLS, "bench", "up"} <= set(named)
    assert len(named) == len(set(named))
    assert [line.split(maxsplit=1)[1].split(":")[0] for line in listed if line.startswith("migrate ")] == [
        "Memindahkan seluruh perpustakaan dari sistem lain"
    ]


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.10"])
def test_an_old_python_is_named(version: str):
    python = _python(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    done = subprocess.run([python, LAUNCHER, "up"], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(f"Lumbung memerlukan Python 3.11 atau yang lebih baru; yang ini Python {version}.\n")


def test_the_launcher_is_plain_ascii():
    """Python 2 reads no other letter, and there is none on most machines to try it with."""
    assert LAUNCHER.read_bytes().isascii()


def _due(clone: Path, python: str = sys.executable) -> str:
    """What the launcher of the clone, called by that Python, says it must do before it stops for want of packages or Node."""
    environment = {"PATH": str(clone / "nothing"), "HOME": str(clone), "PIP_NO_INDEX": "1"}
    done = subprocess.run([python, clone / "lumbung", "up"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 3, done.stderr
    return done.stdout


PACKAGES = "• Memasang paket Python (installing Python packages) …"


def test_another_python_that_calls_leaves_a_working_environment_alone(tmp_path: Path):
    others = [python for version in ("3.11", "3.12", "3.13") if (python := _python(version)) and not _is_this(python)]
    if not others:
        pytest.skip("there is no second Python here that is new enough")
    clone = _clone(tmp_path)
    for python in others:
        assert PACKAGES not in _due(clone, python)


@pytest.mark.parametrize("state", ["gone", "another version"])
def test_an_environment_whose_python_does_not_work_is_made_anew(tmp_path: Path, state: str):
    clone = _clone(tmp_path)
    python = clone / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(tmp_path / "gone" if state == "gone" else sys.executable)
    if state == "another version":  # as when the system's Python was upgraded below it
        (clone / ".venv" / "lib").rename(clone / ".venv" / "lib-of-before")
    assert PACKAGES in _due(clone)


def _is_this(python: str) -> bool:
    asked = [python, "-c", "import sys; print(sys.version)"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == sys.version


def test_a_missing_node_is_named(tmp_path: Path):
    clone = _clone(tmp_path)
    environment = {"PATH": str(tmp_path / "nothing"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, clone / "lumbung", "up"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 3
    assert "Lumbung memerlukan Node.js 20 atau yang lebih baru" in done.stderr


def test_an_old_node_is_named(tmp_path: Path):
    clone = _clone(tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("node", "npm"):
        (programs / name).write_text("#!/bin/sh\necho v18.19.0\n")
        (programs / name).chmod(0o755)
    environment = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, clone / "lumbung", "up"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 3
    assert "yang ada v18.19.0" in done.stderr


def _python(version: str) -> str | None:
    """An interpreter of that version: pyenv's, or one on the PATH."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return next(map(str, pyenv.glob(f"versions/{version}.*/bin/python{version[0]}")), None) or shutil.which(f"python{version}")


def _clone(folder: Path) -> Path:
    """The launcher and its tools with an environment that looks installed, so that the next step is Node's."""
    clone = folder / "clone"
    clone.mkdir()
    root = LAUNCHER.parent
    for name in (
        "lumbung",
        "package.json",
        "package-lock.json",
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-uv.lock",
    ):
        shutil.copy(root / name, clone / name)
    shutil.copytree(root / "tools", clone / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (clone / ".venv" / "lib" / "python{}.{}".format(*sys.version_info[:2]) / "site-packages").mkdir(parents=True)
    script = "from tools.steps import *; from tools.steps import _digest; import json; "
    script += "STAMPS.write_text(json.dumps({'program packages': _digest([PROGRAM_LOCK])}))"
    subprocess.run([sys.executable, "-c", script], cwd=clone, check=True)
    return clone
