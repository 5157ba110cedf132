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
    assert door.main(["--help"]) == 0
    listed = [line.strip() for line in capfd.readouterr().out.splitlines() if line.startswith("  ")]
    named = [line.split()[0] for line in listed]
    assert {*door.TOOLS, "bench", "up"} <= set(named)
    assert len(named) == len(set(named))
    assert [line.split(maxsplit=1)[1].split(":")[0] for line in listed if line.startswith("migrate ")] == [
        "Memindahkan seluruh perpustakaan dari sistem lain"
    ]


@pytest.mark.parametrize("version", ["3.6", "3.8", "3.10"])
def test_an_old_python_is_named(version: str):
    python = _python(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    done = subprocess.run([python, LAUNCHER, "up"], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(f"Lumbung memerlukan Python 3.11 atau yang lebih baru; yang ini Python {version}.\n")


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
    return next(map(str, pyenv.glob(f"versions/{version}.*/bin/python3")), None) or shutil.which(f"python{version}")


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
    (clone / ".venv" / "bin" / "python").touch()
    script = "from tools.steps import *; from tools.steps import _digest; import json; "
    script += "STAMPS.write_text(json.dumps({'program packages': _digest([PROGRAM_LOCK])}))"
    subprocess.run([sys.executable, "-c", script], cwd=clone, check=True)
    return clone
