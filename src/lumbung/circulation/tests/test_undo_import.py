"""An import whose copies were lent, or whose titles were held, stays."""

import pytest

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.items import remove_item
from lumbung.catalogue.domain.records import remove_record
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import an_import, copy_field, marc_of
from lumbung.circulation.tests.factories import HoldFactory, LoanFactory
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def test_an_import_with_loans_and_holds_is_not_undone_and_says_how_many(ani):
    run = an_import([marc_of("Bumi manusia", copy_field("B-1")), marc_of("Laskar pelangi")])
    LoanFactory(item=Item.objects.get(barcode="B-1"), member=ani)
    HoldFactory(record=Record.objects.get(title="Laskar pelangi"), member=ani)
    with pytest.raises(Refused) as refused:
        imports.undo_import(run, by=None)
    assert sorted(str(reason) for reason in refused.value.reasons) == [
        "Sudah ada 1 pesanan untuk judul atau eksemplar dari impor ini.",
        "Sudah ada 1 pinjaman untuk judul atau eksemplar dari impor ini.",
    ]
    assert (Record.objects.count(), Item.objects.count()) == (2, 1)


def test_what_was_ever_lent_or_is_held_cannot_be_removed(ani):
    loan = LoanFactory(member=ani)
    hold = HoldFactory(member=ani)
    for remove, thing, where in ((remove_item, loan.item, "1 pinjaman"), (remove_record, hold.record, "1 pesanan")):
        with pytest.raises(Refused) as refused:
            remove(thing, by=None)
        assert [str(reason) for reason in refused.value.reasons] == [
            f"Tidak dapat dihapus karena masih tercatat pada: {where}."
        ]
