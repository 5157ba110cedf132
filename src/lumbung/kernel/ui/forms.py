"""How forms are drawn: label above, help under it, all errors beside the field, never only in colour."""

from django.forms import DateInput
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
