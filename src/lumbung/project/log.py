"""One line an occurrence, ``key=value``, with the id of the request it happened in, to standard error."""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from lumbung.kernel.away import database_is_away

_request: ContextVar[str] = ContextVar("request_id", default="")
access = logging.getLogger("lumbung.access")

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
        elif record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return " ".join(f"{key}={_quoted(str(value))}" for key, value in facts.items() if value != "")


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
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "key_value"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": "INFO"},
            "django.request": {"level": "ERROR"},  # a page not found is no fault
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            "lumbung.access": {"level": "INFO" if with_access else "WARNING"},
        },
    }
