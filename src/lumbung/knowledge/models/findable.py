from typing import ClassVar

from django.db import models


class Findable(models.Model):
    """Something of the portal that can be found by its words. It only finds: who may see it is asked of the thing itself.

    ``words`` are roots of word families, each as often as it says something about the thing; ``kernel.full_text`` keeps their index.
    """

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="a_thing_is_findable_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


def kind_word(kind: str) -> str:
    """The word among a thing's words that says its kind; no text has such a word."""
    return f"={kind}"
