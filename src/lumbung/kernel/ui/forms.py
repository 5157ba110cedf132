"""How forms are drawn: label above, help under it, all errors beside the field, never only in colour."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import DateField, DateInput, DecimalField, IntegerField, TextInput
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.amounts import LARGEST_SUM
from lumbung.kernel.days import LATEST, OLDEST, is_within_reach


class FormRenderer(TemplatesSetting):
    """``{{ form }}`` draws a whole form, ``{{ form.name.as_field_group }}`` one field."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"


class DayInput(DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def refuse_out_of_reach(day: date) -> None:
    """Judges a day, or a moment, that a form was given: whether a library can have it."""
    if not is_within_reach(day):
        raise ValidationError(_("Isi tanggal antara tahun %(oldest)s dan %(latest)s.") % {"oldest": OLDEST, "latest": LATEST})


class Day(DateField):
    """A day that a library can have."""

    widget = DayInput
    default_validators = [refuse_out_of_reach]  # noqa: RUF012 -- Django reads it once


_MONEY = re.compile(
    r"(?:Rp\.?\s*)?(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:(?P<part>[.,]\d{1,2})|,--?)?",
    re.IGNORECASE,
)
"""Marks part thousands, three digits each, whichever mark it is; what is no such group is not guessed at."""


class Rupiah(IntegerField):
    """Whole rupiah as people write them: 10000, 10.000, Rp10.000,00. What might be another amount (4.00, 1.0000) is asked for again."""

    default_error_messages: ClassVar = {"invalid": _("Tulis dalam rupiah utuh, misalnya 10.000.")}

    def __init__(self, **kwargs: Any) -> None:
        limits = {"min_value": 0, "max_value": LARGEST_SUM}
        super().__init__(**{**limits, "widget": TextInput(attrs={"inputmode": "numeric"}), **kwargs})

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value).strip()
        written = _MONEY.fullmatch(text)
        if text and (written is None or _mixes_marks(written) or (written["part"] and not _is_without_cents(written))):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(_digits(written) if written else "")


class Price(DecimalField):
    """Rupiah with cents, where a copy was paid so: 75.000, 75.000,50."""

    default_error_messages: ClassVar = {"invalid": _("Tulis dalam rupiah, misalnya 75.000.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "widget": TextInput(attrs={"inputmode": "decimal"}), **kwargs})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs take it for a whole number
        text = "" if value is None else str(value).strip()
        written = _MONEY.fullmatch(text)
        if text and (written is None or _mixes_marks(written)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(_digits(written) + (written["part"] or "").replace(",", ".") if written else "")


def _digits(written: re.Match[str]) -> str:
    return written["whole"].replace(".", "").replace(",", "")


def _mixes_marks(written: re.Match[str]) -> bool:
    """Whether the mark before the cents is that of the thousands too, as where a zero was lost: 1.500.00."""
    return bool(written["part"]) and written["part"][0] in written["whole"]


def _is_without_cents(written: re.Match[str]) -> bool:
    return written["part"][1:] == "00" and not written["whole"].isdecimal()
