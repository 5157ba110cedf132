"""What items stand on cannot be taken away from under them."""

import pytest

from lumbung.catalogue.domain.item_types import remove_item_type
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.branches import add_location, remove_branch, remove_location
from lumbung.organization.models import Branch, Location

pytestmark = pytest.mark.django_db


def test_a_branch_a_location_and_an_item_type_in_use_stay(sari):
    item = ItemFactory()
    item.location = add_location(item.branch, code="R1", name="Rak 1", by=sari)
    item.save()
    with pytest.raises(Refused) as refused:
        remove_location(item.location, by=sari)
    assert refused.value.codes == ["location_in_use"]
    with pytest.raises(Refused) as refused:
        remove_branch(item.branch, by=sari)
    assert refused.value.codes == ["branch_in_use"]
    with pytest.raises(Refused) as refused:
        remove_item_type(item.item_type, by=sari)
    assert refused.value.codes == ["item_type_in_use"]
    assert (Branch.objects.count(), Location.objects.count()) == (1, 1)
