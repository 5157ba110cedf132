"""``LUMBUNG_EMAIL_URL`` read into Django's settings."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
PORTS = {"smtp": 25, "smtps": 465}
YES = frozenset({"1", "true", "yes"})
TIMEOUT = 20


def mail_settings(url: str) -> dict[str, Any]:
    """The settings for ``console:`` (mail is printed), ``smtp://…[?tls=true]`` (STARTTLS) or ``smtps://…`` (TLS from the start).

    User and password are percent-encoded. Raises ValueError with a sentence for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": CONSOLE}
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"{url!r} is neither console: nor smtp://user:password@host:587/?tls=true")
    options = dict(parse_qsl(parts.query))
    if unknown := set(options) - {"tls"}:
        raise ValueError(f"{', '.join(sorted(unknown))}: the only option of a mail address is tls")
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and options.get("tls", "").lower() in YES,
        "EMAIL_TIMEOUT": TIMEOUT,
    }
