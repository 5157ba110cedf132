from typing import ClassVar

from django.db import models

from lumbung.catalogue.models import Record
from lumbung.discovery.ordering import KEY_LENGTH
from lumbung.organization.models import Branch


def of_a_title(related_name: str = "+") -> "models.ForeignKey[Record, Record]":
    """A title that a derived row tells of. The row may outlive it for a moment, until the reaction has followed."""
    return models.ForeignKey(
        Record, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name=related_name
    )


class Heading(models.Model):
    """A creator or a subject to browse by, with the number of titles the public finds under it.

    Its key is a number made of kind and label, so that whoever counts need not ask for it, and no heading stands twice in its list.
    """

    class Kinds(models.TextChoices):
        CREATOR = "creator"
        SUBJECT = "subject"

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kinds)
    label = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=KEY_LENGTH)
    records = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "sort_key", "id"], name="headings_in_order")]

    def __str__(self) -> str:
        return self.label


class BrowsedTitle(models.Model):
    """A title the public may see, in the order of the alphabet and of the shelf; ``headings`` are the keys it is counted under."""

    record = models.OneToOneField(Record, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="+")
    title_key = models.CharField(max_length=KEY_LENGTH)
    shelf_key = models.CharField(max_length=KEY_LENGTH)
    headings = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["title_key", "record"], name="titles_in_order"),
            models.Index(fields=["shelf_key", "record"], name="titles_on_the_shelf"),
        ]

    def __str__(self) -> str:
        return self.title_key


class ShelfPlace(models.Model):
    """A title stands on the shelves of a branch; once, however many copies."""

    record = of_a_title()
    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, db_index=False, related_name="+")
    shelf_key = models.CharField(max_length=KEY_LENGTH)
    call_number = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "branch"], name="a_title_stands_once_in_a_branch"),
        ]
        indexes: ClassVar = [models.Index(fields=["branch", "shelf_key", "record"], name="shelf_of_a_branch")]

    def __str__(self) -> str:
        return self.call_number
