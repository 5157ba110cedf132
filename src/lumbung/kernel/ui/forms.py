"""How forms are drawn: label above, help under it, all errors beside the field, never only in colour."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """``{{ form }}`` draws a whole form, ``{{ form.name.as_field_group }}`` one field."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"
