"""A form that comes back begins where it is at fault."""

from django import forms
from django.test import RequestFactory

from lumbung.kernel.ui.submission import form_page


class SheepForm(forms.Form):
    fold = forms.CharField(widget=forms.TextInput(attrs={"autofocus": True}))
    name = forms.CharField()
    weight = forms.IntegerField()


def begins_at(form: SheepForm) -> list[str]:
    form_page(RequestFactory().get("/sheep"), "kernel/form.html", form)
    return [name for name, field in form.fields.items() if "autofocus" in field.widget.attrs]


def test_it_begins_at_the_first_field_at_fault_and_else_where_it_always_does():
    assert begins_at(SheepForm()) == ["fold"]
    assert begins_at(SheepForm({"fold": "A", "weight": "x"})) == ["name"]
    assert begins_at(SheepForm({"name": "Dolly", "weight": "4"})) == ["fold"]
    assert begins_at(SheepForm()) == ["fold"]


def test_what_concerns_no_one_field_leaves_it_where_it_begins():
    form = SheepForm({"fold": "A", "name": "Dolly", "weight": "4"})
    form.add_error(None, "Kandang ini penuh.")
    assert begins_at(form) == ["fold"]
