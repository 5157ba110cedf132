"""The process of the press: reads one request a line, answers each with a line and, where there is one, the picture.

It can write no file, open few, and use only so much memory; whoever asks ends it when an answer takes too long, and it ends with them.
"""

import json
import resource
import signal
import sys
from typing import Any, BinaryIO

from lumbung.formats.epub import Unreadable
from lumbung.formats.pages import imaging, light, work

MEMORY = 2 << 30
OPEN_FILES = 64


def confine() -> None:
    """Give up what a codec does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def answer(request: dict[str, Any]) -> tuple[Any, bytes]:
    """What is asked, as JSON and bytes."""
    path = request["path"]
    match request["verb"]:
        case "picture":
            return None, work.picture(path, request["number"], request["width"], lightest=request["lightest"])
        case "first":
            return None, light.first(path, request["kind"], request["number"], request["width"], request["most"])
        case "cut":
            return None, imaging.cut(path, request["kind"], request["number"], request["told"])
        case _:
            return _said(path, request), b""


def _said(path: str, request: dict[str, Any]) -> Any:
    """What is asked in words and numbers."""
    match request["verb"]:
        case "pages":
            return work.pages(path, request["kind"])
        case "words":
            return work.words(path, request["kind"], request["first"], request["count"])
        case "outline":
            return work.outline(path)
        case "lines":
            return work.lines(path, request["number"])
        case _:
            return imaging.sizes(path, request["kind"])


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer until nothing more is asked."""
    for line in asked:
        error, value, body = "", None, b""
        try:
            value, body = answer(json.loads(line))
        except (work.Refusing, Unreadable) as refusing:
            error = getattr(refusing, "code", "") or str(refusing)
        except MemoryError:
            error = "too_large"
        except Exception:  # noqa: BLE001 -- whatever a file brings about, the next one is another file
            error = "damaged"
        told.write(json.dumps({"error": error, "value": value, "bytes": len(body)}).encode() + b"\n" + body)
        told.flush()


if __name__ == "__main__":
    confine()
    serve(sys.stdin.buffer, sys.stdout.buffer)
