from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallNumberRule(models.Model):
    """How this library makes call numbers: one row at most; without it the defaults hold."""

    class NameParts(models.TextChoices):
        FIRST = "first", _("Kata pertama (Perpusnas 2005)")
        LAST = "last", _("Kata terakhir")

    author_letters = models.PositiveSmallIntegerField(_("jumlah huruf pengarang"), default=3)
    name_part = models.CharField(_("bagian nama yang dipakai"), max_length=10, choices=NameParts, default=NameParts.FIRST)
    capitals = models.BooleanField(_("huruf pengarang kapital semua"), default=True)
    title_letters = models.PositiveSmallIntegerField(_("jumlah huruf judul"), default=1)
    year = models.BooleanField(_("tambahkan tahun terbit"), default=False)
    articles = models.CharField(_("kata sandang yang dilewati"), max_length=200, blank=True, default="a an the")

    class Meta:
        verbose_name = _("aturan nomor panggil")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_call_number_rule"),
            models.CheckConstraint(
                condition=models.Q(author_letters__gte=1, author_letters__lte=6, title_letters__lte=3),
                name="call_number_letters_are_few",
            ),
            models.CheckConstraint(condition=models.Q(name_part__in=["first", "last"]), name="name_part_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.author_letters}+{self.title_letters}"
