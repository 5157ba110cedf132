"""A form with a file, as browsers and bots post it (RFC 7578)."""

import secrets
from collections.abc import Mapping


def form_with_file(
    fields: Mapping[str, str], *, name: str, content: bytes, filename: str, media_type: str
) -> tuple[bytes, str]:
    """The body and its content type. ``filename`` and the names of fields are ours, plain ASCII without quotes."""
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        f"Content-Type: {media_type}\r\n\r\n".encode()
    )
    return b"".join([*parts, content, f"\r\n--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"
