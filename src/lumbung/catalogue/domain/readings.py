"""What is read of records and kept in their rows, where another version of the program kept it."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from lumbung.catalogue.domain.bibliographic import CURRENT, Columns, Findable, columns_of, findable_of, taken_up
from lumbung.catalogue.models import Record
from lumbung.formats.marc import from_json
from lumbung.kernel import rows


def findables(kept: Mapping[int, str]) -> dict[int, Findable]:
    """What these records are found by, each from what its row keeps; where another version kept that, from its MARC."""
    known = {key: found for key, text in kept.items() if (found := taken_up(text))}
    if others := kept.keys() - known.keys():
        texts = Record.objects.filter(pk__in=others).values_list("pk", Cast("marc", TextField()))
        known |= {key: findable_of(marc) for key, marc in texts}
    return known


@transaction.atomic
def read_anew(keys: Collection[int]) -> int:
    """Read the columns of these records anew, where another version of the program read them; returns of how many.

    Tells nobody: what the records say is what they said.
    """
    old = Record.objects.filter(**rows.among(keys)).exclude(findable__startswith=CURRENT)
    held = old.order_by("pk").select_for_update().values_list("pk", "marc")
    read = [(*columns_of(from_json(marc))[0], key) for key, marc in held]
    rows.update(Record, Columns._fields, read)
    return len(read)
