"""The steps from a fresh clone to a program that can run. Each is done again only when what it is made from has changed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "lumbung-steps.json"
PACKAGE = ROOT / "src" / "lumbung"
BUNDLE = PACKAGE / "kernel" / "static" / "lumbung"
OLDEST_NODE = 20
OLDEST_PYTHON = (3, 11)


class Trouble(Exception):
    """Something the person at the keyboard must mend; the message says what and how, in Indonesian and English."""

    def __init__(self, message: str, exit_code: int = 3) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Step:
    """``made_from`` are the files whose change makes the step needed again; ``makes`` must exist for it to be skipped."""

    name: str
    says: str
    made_from: Callable[[], Iterable[Path]]
    makes: Callable[[], Iterable[Path]]
    run: Callable[[], None]


def prepare(*, developer: bool) -> None:
    """Do the steps that are due, telling each in a line. Raises ``Trouble``."""
    stamps = _read_stamps()
    steps = [_packages(developer=developer, stamps=stamps), NODE_PACKAGES, BROWSER_BUNDLE, TRANSLATIONS]
    for step in steps:
        digest = _digest(step.made_from())
        if stamps.get(step.name) == digest and all(path.exists() for path in step.makes()):
            continue
        print(f"• {step.says} …", flush=True)
        step.run()
        if not STAMPS.exists():  # it went with an environment that was made anew
            stamps.clear()
        stamps[step.name] = _digest(step.made_from())
        _keep(stamps)


def call(command: Sequence[str | Path], *, failing: str, quiet: bool = True) -> None:
    """Run a program at the root of the clone. Raises ``Trouble`` with ``failing`` and the end of what it printed."""
    output = subprocess.PIPE if quiet else None
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT if quiet else None, text=True, check=False
        )
    except OSError as error:
        raise Trouble(f"{failing}\n{error}") from None
    if done.returncode:
        raise Trouble("\n".join([failing, *(done.stdout or "").splitlines()[-15:]]))


def _read_stamps() -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads(STAMPS.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return stamps


def _keep(stamps: dict[str, str]) -> None:
    """Whole or not at all."""
    new = STAMPS.with_suffix(".new")
    new.write_text(json.dumps(stamps, indent=1), encoding="ascii")
    new.replace(STAMPS)


@cache
def _own_python() -> str:
    """The version of the environment's own Python, whichever Python calls us. Empty when it does not answer, is too old, or is no longer
    the one whose packages are there: then the environment is to be made anew."""
    asked: list[str | Path] = [PYTHON, "-I", "-S", "-c", "import sys; sys.stdout.write(sys.version)"]
    try:
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    is_new_enough = tuple(map(int, version.split(".")[:2])) >= OLDEST_PYTHON
    return version if is_new_enough and _site_packages(version).exists() else ""


def _site_packages(version: str) -> Path:
    return VENV / "lib" / f"python{'.'.join(version.split('.')[:2])}" / "site-packages"


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(_own_python().encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


# --- Python packages --------------------------------------------------------------------------------------------------


def _packages(*, developer: bool, stamps: dict[str, str]) -> Step:
    """An environment with the developer's packages has the program's as well, and is left as it is."""
    if developer or ("developer packages" in stamps and stamps["developer packages"] == _digest([DEVELOPER_LOCK])):
        return DEVELOPER_PACKAGES
    return PROGRAM_PACKAGES


def _install(lock: Path, *, exactly: bool) -> None:
    """``exactly``: what the lock does not name is removed. The program alone adds what it lacks and leaves the developer's packages."""
    if not _own_python():
        shutil.rmtree(VENV, ignore_errors=True)
        call(
            [sys.executable, "-m", "venv", str(VENV)],
            failing="Lingkungan Python (.venv) tidak dapat dibuat. Di Debian/Ubuntu: sudo apt install python3-venv\n"
            "(The Python environment could not be made. On Debian/Ubuntu: sudo apt install python3-venv)",
        )
        _own_python.cache_clear()
    failing = (
        "Paket Python tidak dapat dipasang. Periksa sambungan internet dan ruang disk, lalu coba lagi.\n"
        "(Python packages could not be installed. Check the network and the disk, then try again.)"
    )
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    uv = VENV / "bin" / "uv"
    if uv.exists() or subprocess.run([*pip, "-r", UV_LOCK], capture_output=True, check=False).returncode == 0:
        way = ["sync", lock, UV_LOCK] if exactly else ["install", "-r", lock, "-r", UV_LOCK]
        call([uv, "pip", *way, "-q", "--compile-bytecode", "--python", PYTHON, "--require-hashes"], failing=failing)
    else:
        call([*pip, "-r", str(lock)], failing=failing)
    (_site_packages(_own_python()) / "lumbung.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


UV_LOCK = ROOT / "requirements-uv.lock"
PROGRAM_LOCK = ROOT / "requirements.lock"
DEVELOPER_LOCK = ROOT / "requirements-dev.lock"

PROGRAM_PACKAGES = Step(
    name="program packages",
    says="Memasang paket Python (installing Python packages)",
    made_from=lambda: [PROGRAM_LOCK],
    makes=lambda: [PYTHON],
    run=lambda: _install(PROGRAM_LOCK, exactly=False),
)
DEVELOPER_PACKAGES = Step(
    name="developer packages",
    says="Memasang paket Python untuk pengembang (installing Python packages for developers)",
    made_from=lambda: [DEVELOPER_LOCK],
    makes=lambda: [PYTHON],
    run=lambda: _install(DEVELOPER_LOCK, exactly=True),
)


# --- The browser bundle -----------------------------------------------------------------------------------------------


def _require_node() -> None:
    message = (
        "Lumbung memerlukan Node.js {oldest} atau yang lebih baru untuk membuat berkas peramban; {found}.\n"
        "Pasang dari https://nodejs.org atau paket sistem Anda, lalu jalankan lagi. Paket jadi (wheel) tidak memerlukannya.\n"
        "(Lumbung needs Node.js {oldest} or newer to build the browser files; install it and run again.)"
    )
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise Trouble(message.format(oldest=OLDEST_NODE, found="Node.js atau npm tidak ditemukan"))
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if not version.startswith("v") or int(version[1:].split(".")[0]) < OLDEST_NODE:
        raise Trouble(message.format(oldest=OLDEST_NODE, found=f"yang ada {version or 'rusak'}"))


def _install_node_packages() -> None:
    _require_node()
    call(
        ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        failing="Paket Node tidak dapat dipasang. Periksa sambungan internet, lalu coba lagi.\n"
        "(Node packages could not be installed. Check the network, then try again.)",
    )


def _build_bundle() -> None:
    _require_node()
    call(
        ["node", "frontend/build.mjs"],
        failing="Berkas peramban tidak dapat dibuat.\n(The browser files could not be built.)",
    )


NODE_PACKAGES = Step(
    name="node packages",
    says="Memasang paket Node (installing Node packages)",
    made_from=lambda: [ROOT / "package.json", ROOT / "package-lock.json"],
    makes=lambda: [ROOT / "node_modules"],
    run=_install_node_packages,
)
BROWSER_BUNDLE = Step(
    name="browser bundle",
    says="Membuat berkas peramban (building the browser files)",
    made_from=lambda: [
        ROOT / "package-lock.json",
        *(path for path in (ROOT / "frontend").rglob("*") if path.is_file() and not path.name.endswith(".test.ts")),
    ],
    makes=lambda: [BUNDLE / "lumbung.css"],
    run=_build_bundle,
)


# --- Translations -----------------------------------------------------------------------------------------------------


def _catalogues() -> list[Path]:
    return list(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po"))


def _compile_translations() -> None:
    call(
        [PYTHON, "-m", "lumbung.project.translations", *_catalogues()],
        failing="Terjemahan tidak dapat disusun.\n(The translations could not be compiled.)",
    )


TRANSLATIONS = Step(
    name="translations",
    says="Menyusun terjemahan (compiling translations)",
    made_from=_catalogues,
    makes=lambda: [path.with_suffix(".mo") for path in _catalogues()],
    run=_compile_translations,
)


def compile_sources() -> None:
    """Compile what changed, so that the many processes of checks and tests need not, even where Python is told to keep no bytecode."""
    subprocess.run([PYTHON, "-m", "compileall", "-q", PACKAGE], cwd=ROOT, check=False)


def environment(**changes: str) -> dict[str, str]:
    """The process environment with ``changes``, and programs of the environment found first."""
    return {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", **changes}
