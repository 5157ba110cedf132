"""One line an occurrence, ``key=value``, with the id of the request it happened in, to standard error."""

import json
import logging
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from lumbung.kernel.away import database_is_away
from lumbung.kernel.no_room import there_is_no_room

_request: ContextVar[str] = ContextVar("request_id", default="")
access = logging.getLogger("lumbung.access")
seconds_running = time.monotonic

BACKGROUND = "lumbung.kernel.jobs."
MINUTE, MOST_CAUSES = 60.0, 1000

PLAIN = re.compile(r"[\w./:@+-]+")
SECRETS = re.compile(r"(?<=/password/reset/key/)[^/]+")
"""What opens an account to whoever has it, and stands in an address."""
REQUEST_ID = re.compile(r"[\w-]{8,64}")
HEADER = "X-Request-ID"


class KeyValue(logging.Formatter):
    """``at=… level=… logger=… request=… message="…"``, and the traceback, if any, as one more quoted value."""

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": _request.get(),
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error and database_is_away(error):  # every page and every worker stumbles over it: a line each is enough
            facts["reason"] = f"the database does not answer: {str(error).strip().partition(chr(10))[0]}"
        elif error and there_is_no_room(error):
            facts["reason"] = f"there is no room: {str(error).strip().partition(chr(10))[0]}"
        elif record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return " ".join(f"{key}={_quoted(str(value))}" for key, value in facts.items() if value != "")


class OnceAMinute(logging.Filter):
    """What background work stumbles over is told once a minute, with how many such lines were left out (``left_out``), and so is a full
    disk, whoever meets it: told each time it would fill the disk by itself, and hide all else."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[Hashable, float] = {}
        self._left_out: Counter[Hashable] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        cause = _cause(record)
        if cause is None:
            return True
        now = seconds_running()
        if now - self._told.get(cause, -MINUTE) < MINUTE:
            self._left_out[cause] += 1
            return False
        if len(self._told) >= MOST_CAUSES:
            self._told.clear()
        self._told[cause] = now
        if left_out := self._left_out.pop(cause, 0):
            record.facts = {**getattr(record, "facts", {}), "left_out": left_out}
        return True


def _cause(record: logging.LogRecord) -> Hashable:
    """What two lines have in common that need not both be told; None of one that is told each time."""
    given = record.args if isinstance(record.args, tuple) else ()
    told = record.exc_info[1] if record.exc_info else None
    error = told or next((each for each in given if isinstance(each, BaseException)), None)
    if error is None:
        return None
    if there_is_no_room(error):
        return record.name
    if not record.name.startswith(BACKGROUND):
        return None
    return record.getMessage(), type(error), _place(error)


def _place(error: BaseException) -> Hashable:
    """Where it was raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else None


def _quoted(value: str) -> str:
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


class RequestId:
    """Gives every request an id (the reverse proxy's, if it sent a sound one), says it in the answer, and notes the access."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        token = _request.set(given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8))
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = _request.get()
            milliseconds = round((time.perf_counter() - began) * 1000, 1)
            facts = {
                "method": request.method,
                "path": SECRETS.sub("-", request.path),
                "status": response.status_code,
                "ms": milliseconds,
            }
            access.info("access", extra={"facts": facts})
        finally:
            _request.reset(token)
        return response


def configuration(*, with_access: bool) -> dict[str, Any]:
    """For Django's LOGGING. Accesses are not noted unless asked for: what people read is their own affair."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"key_value": {"()": KeyValue}},
        "filters": {"once_a_minute": {"()": OnceAMinute}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "key_value", "filters": ["once_a_minute"]}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": "INFO"},
            "django.request": {"level": "ERROR"},  # a page not found is no fault
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            "lumbung.access": {"level": "INFO" if with_access else "WARNING"},
        },
    }
