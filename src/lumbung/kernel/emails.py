"""E-mail addresses."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def is_email(text: str) -> bool:
    """Whether the text has the form of an e-mail address; whether anybody reads there, nobody can tell."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
