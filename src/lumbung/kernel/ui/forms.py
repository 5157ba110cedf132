"""How forms are drawn: label above, help under it, all errors beside the field, never only in colour."""

from typing import Any

from django.forms import DateInput, IntegerField, TextInput
from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """``{{ form }}`` draws a whole form, ``{{ form.name.as_field_group }}`` one field."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"


class DayInput(DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Rupiah(IntegerField):
    """Whole rupiah, also with dots and Rp as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, widget=TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value or "").replace("Rp", "").replace(".", "").strip())
