from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class WordGroup(models.Model):
    """Words, and how they belong together. ``terms`` in order: the first stands for a family, and is what is asked in ``ONE_WAY``."""

    class Kinds(models.TextChoices):
        SYNONYM = "synonym", _("Sinonim")
        ONE_WAY = "one_way", _("Searah")
        FAMILY = "family", _("Keluarga kata")
        APART = "apart", _("Berdiri sendiri")

    class Sources(models.TextChoices):
        BUILT_IN = "built_in", _("Bawaan")
        STAFF = "staff", _("Petugas")
        FILE = "file", _("Impor")
        SEARCHES = "searches", _("Pencarian tanpa hasil")
        COLLECTION = "collection", _("Kata dalam koleksi")

    kind = models.CharField(_("jenis"), max_length=16, choices=Kinds.choices)
    terms = models.JSONField(_("kata"))
    said = models.CharField(max_length=500, editable=False)
    active = models.BooleanField(_("dipakai"), default=True)
    source = models.CharField(_("asal"), max_length=16, choices=Sources.choices, default=Sources.STAFF)
    built_in = models.CharField(max_length=80, null=True, editable=False)
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kelompok kata")
        constraints: ClassVar = [
            models.UniqueConstraint("kind", "said", name="no_two_word_groups_say_the_same"),
            models.UniqueConstraint("built_in", name="a_built_in_word_group_comes_once"),
        ]

    def __str__(self) -> str:
        return " · ".join(self.terms)

    @property
    def changes_index(self) -> bool:
        """Whether titles must be indexed anew when it changes: families are written into the index, synonyms are not."""
        return self.kind in {self.Kinds.FAMILY, self.Kinds.APART}

    def held(self) -> dict[str, Any]:
        """What an undo needs."""
        return {
            "kind": self.kind,
            "terms": self.terms,
            "active": self.active,
            "source": self.source,
            "note": self.note,
            "built_in": self.built_in,
        }


class WordChange(models.Model):
    """One change of a group: what it was and became (None: there was none, or is none), and how far the index followed."""

    group = models.PositiveIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)
    titles = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    followed = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("perubahan kata")
        indexes: ClassVar = [models.Index(F("id"), name="changes_index_awaits", condition=Q(followed=False))]

    def __str__(self) -> str:
        return " · ".join((self.after or self.before or {}).get("terms", []))
