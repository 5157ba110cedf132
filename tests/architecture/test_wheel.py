"""The wheel alone, in a fresh environment without Node, gives the same program."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.installation import Installation

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv", path=str(Path(sys.executable).parent))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this clone."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, ROOT / "lumbung", "build", str(folder)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_what_a_browser_needs_and_no_tests(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert {"lumbung/kernel/static/lumbung/lumbung.css", "lumbung/kernel/static/lumbung/islands.js"} <= set(names)
    assert [name for name in names if "/tests/" in name or name.endswith(".po")] == []
    sources = {
        path.relative_to(ROOT / "src").with_suffix(".mo").as_posix() for path in ROOT.glob("src/lumbung/*/locale/**/*.po")
    }
    assert sources <= set(names)
    assert any(name.endswith("dist-info/entry_points.txt") for name in names)


def test_the_wheel_serves_a_page_without_node(wheel: Path, tmp_path: Path):
    place = tmp_path / "site"
    python = place / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    assert UV
    subprocess.run([UV, "pip", "install", "-q", "--python", python, "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([UV, "pip", "install", "-q", "--python", python, "--offline", "--no-deps", wheel], check=True)
    installed = Installation(tmp_path / "data", program=(str(place / "bin" / "lumbung"),))
    installed.environment["PATH"] = str(place / "bin")
    assert str(place) in installed.run("shell", "-v0", "-c", "import lumbung; print(lumbung.__file__)").stdout
    installed.start("up")
    try:
        page = installed.get("/")
        assert page.status == 200
        style = re.search(r"/static/lumbung/lumbung[.\w]*\.css", page.text)
        assert style
        assert installed.get(style[0]).status == 200
    finally:
        assert installed.stop() == 0
