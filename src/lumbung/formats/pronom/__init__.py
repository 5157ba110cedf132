"""Format identification by PRONOM, the registry of the National Archives (UK): Siegfried reads the bytes, in a process of its own.

Signatures, those of containers (DOCX, EPUB, ODF) among them, are built in; nothing is asked of the outside.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 120
NOT_KNOWN = "UNKNOWN"


class Unidentifiable(Exception):
    """The files could not be looked at: too much for the time, or for the program."""


@dataclass(frozen=True)
class Format:
    """What a file is. ``puid`` (``fmt/18``) is empty when PRONOM does not know it, ``basis`` tells by what it was known."""

    puid: str
    name: str = ""
    version: str = ""
    media_type: str = ""
    basis: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Identified:
    """The formats of files in their order, and with what they were found: program, signatures, signatures of containers."""

    tool: str
    formats: tuple[Format, ...]


def identify(files: Sequence[tuple[Path, str]]) -> Identified:
    """What each file is; beside its path stands the name that people gave it, whose ending helps where bytes say little.

    Raises ``Unidentifiable``, then for all of them.
    """
    with tempfile.TemporaryDirectory(prefix="lumbung-format-") as folder:
        names = []
        for number, (path, name) in enumerate(files):
            ending = "".join(sign for sign in name.rpartition(".")[2] if sign.isalnum())[:10] if "." in name else ""
            link = Path(folder, f"{number}.{ending}" if ending else str(number))
            link.symlink_to(path.absolute())
            names.append(str(link))
        told = _asked(names)
    return Identified(_tool(told), tuple(_format(each["matches"], each["errors"]) for each in told["files"]))


def tool() -> str:
    """What ``identify`` would say that it used. Raises ``Unidentifiable``."""
    return _tool(_asked([]))


def _tool(told: dict[str, Any]) -> str:
    signatures = "; ".join(each["details"] for each in told["identifiers"])
    return f"Siegfried {told['siegfried']}; {signatures}"


def _format(matches: list[dict[str, str]], wrong: str) -> Format:
    """Of several formats that fit, the first, with word of the others."""
    if not matches or matches[0]["id"] == NOT_KNOWN:
        return Format("", warning=wrong or (matches[0]["warning"] if matches else ""))
    first = matches[0]
    others = ", ".join(each["id"] for each in matches[1:])
    warning = "; ".join(each for each in (first["warning"], f"also {others}" if others else "") if each)
    return Format(first["id"], first["format"], first["version"], first["mime"], first["basis"], warning)


def _asked(paths: list[str]) -> dict[str, Any]:
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.defpath}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lumbung.formats.pronom"],
            input=json.dumps(paths).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unidentifiable("time") from error
    if done.returncode:
        raise Unidentifiable(done.stderr.decode(errors="replace")[-300:])
    told: dict[str, Any] = json.loads(done.stdout)
    return told
