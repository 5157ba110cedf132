"""Forms of many rows: who says that there are thousands is not given thousands to read."""

import pytest
from django.forms import BaseFormSet

from lumbung.catalogue.web.batch_forms import Steps
from lumbung.catalogue.web.holding_forms import Rows
from lumbung.digital.web.deposit_forms import CutForms, PeopleForms
from lumbung.members.web.forms import IdentifierForms


@pytest.mark.parametrize("rows", [Steps, Rows, CutForms, PeopleForms, IdentifierForms])
def test_thousands_of_rows_are_refused_and_not_shown(db, rows: type[BaseFormSet]):
    form = rows({"form-TOTAL_FORMS": "32767", "form-INITIAL_FORMS": "0"})
    assert (form.is_valid(), form.non_form_errors().as_data()[0].code) == (False, "too_many_forms")
    assert len(form.forms) <= max(rows.max_num, 100)
