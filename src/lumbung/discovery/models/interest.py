from typing import ClassVar

from django.db import models

from lumbung.discovery.models.browse import of_a_title
from lumbung.members.models import Member


class DailyInterest(models.Model):
    """How often a title was opened on a day, and how often from a search; never by whom."""

    record = of_a_title()
    day = models.DateField()
    opens = models.PositiveIntegerField(default=0)
    from_search = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "record"], name="a_day_counts_a_title_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.record_id}"


class Ranked(models.Model):
    """A title's place in a list that is counted every night."""

    class Lists(models.TextChoices):
        BORROWED_MONTH = "borrowed_30"
        BORROWED_YEAR = "borrowed_365"
        TRENDING_WEEK = "trending_7"
        TRENDING_MONTH = "trending_30"

    list = models.CharField(max_length=20, choices=Lists)
    place = models.PositiveSmallIntegerField()
    record = of_a_title()
    score = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "place"], name="a_place_in_a_list_is_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.place}"


class BorrowedTogether(models.Model):
    """``members`` different people borrowed both titles; which people, nobody keeps."""

    record = of_a_title()
    other = of_a_title()
    members = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "other"], name="two_titles_are_paired_once"),
            models.CheckConstraint(condition=~models.Q(record=models.F("other")), name="a_title_is_no_pair_with_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} + {self.other_id}"


class SuggestionChoice(models.Model):
    """A member does not want suggestions made from what they borrowed."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = "no suggestions"

    def __str__(self) -> str:
        return str(self.member_id)
