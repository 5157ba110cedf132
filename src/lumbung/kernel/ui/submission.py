"""What a form view does with a verb: carry it out, or show every reason why not on the form itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import IntegerField, Model, QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BaseForm, BoundField, ModelChoiceField, ModelForm, TypedChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Gone, Reason, Refusal, Refused
from lumbung.kernel.ui.forms import refuse_out_of_reach

Row = TypeVar("Row", bound=Model)
UNPROCESSABLE = 422
DASHES = BLANK_CHOICE_DASH[0][1]


def text_sent(request: HttpRequest, name: str, most: int) -> str:
    """What a form of one or two fields sent under this name: at most so long, and without NUL, which the database does not take."""
    return request.POST.get(name, "").replace("\0", "")[:most]


@contextmanager
def reasons_shown_on(form: BaseForm, *, beside: Callable[[Reason], BoundField | None] = lambda _: None) -> Iterator[None]:
    """Within the block a refusal ends the block and puts its reasons on the form: each beside the field that ``beside`` names, else at the
    head. The view then shows it again."""
    try:
        yield
    except Refused as refused:
        for reason in refused.reasons:
            field = beside(reason)
            if field is None:
                form.add_error(None, str(reason))
            else:
                field.form.add_error(field.name, str(reason))


def form_page(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """The page with its form: 200 when it is fresh, 422 when what was sent cannot be accepted; it then begins at the first fault."""
    status = 200
    if form.is_bound and form.errors:
        status = UNPROCESSABLE
        _begin_at_fault(form)
    return render(request, template, {"form": form, **context}, status=status)


def _begin_at_fault(form: BaseForm) -> None:
    """Let the browser go to the first field that is at fault, however far down it stands."""
    faulty = next((field for field in form.visible_fields() if field.errors), None)
    if faulty is None:
        return
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
    faulty.field.widget.attrs["autofocus"] = True


def row_of_form(request: HttpRequest, rows: type[Row] | QuerySet[Row], pk: int, *, gone: Refusal) -> Row:
    """The row whose form is shown or sent. An address of none is no page; who sends the form of one that somebody removed meanwhile is
    refused with ``gone``."""
    try:
        return get_object_or_404(rows, pk=pk)
    except Http404:
        if request.method in {"GET", "HEAD"}:
            raise
        raise Gone(gone()) from None


class FormForVerb(ModelForm):  # type: ignore[type-arg]
    """The fields of a model, for a verb to write: the form reads and shows them, and the verb says what is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Choices that Django would head with dashes, which say nothing aloud, are headed with words."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = _("Pilih…")
            elif isinstance(field, TypedChoiceField):
                choices: Any = field.choices
                field.choices = [(value, _("Pilih…") if label == DASHES else label) for value, label in choices]

    def _post_clean(self) -> None:
        """What no column holds is told beside its field. The model stays as it is, unchecked."""
        for column in self._meta.model._meta.concrete_fields:
            value = self.cleaned_data.get(column.name)
            try:
                if isinstance(value, date):
                    refuse_out_of_reach(value)
                elif isinstance(column, IntegerField) and isinstance(value, int):
                    _refuse_out_of_range(value, column)
            except ValidationError as error:
                self.add_error(column.name, error)


def _refuse_out_of_range(number: int, column: IntegerField[Any, Any]) -> None:
    """The range is that of every database: what SQLite takes must go into PostgreSQL one day."""
    least, most = BaseDatabaseOperations.integer_field_ranges[column.get_internal_type()]
    MinValueValidator(least)(number)
    MaxValueValidator(most)(number)
