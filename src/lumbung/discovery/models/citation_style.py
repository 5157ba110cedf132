from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CitationStyle(models.Model):
    """A style of citation (CSL) the library added to those that come with the program. ``xml`` has been checked and prepared."""

    title = models.CharField(_("nama"), max_length=200)
    rights = models.CharField(_("lisensi"), max_length=400, blank=True)
    xml = models.TextField()
    added_at = models.DateTimeField(_("ditambahkan"))
    removed_at = models.DateTimeField(_("dihapus"), null=True)

    class Meta:
        verbose_name = _("gaya sitasi")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["title"], condition=models.Q(removed_at=None), name="a_citation_style_is_added_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def word(self) -> str:
        """What it is called in addresses."""
        return f"csl-{self.pk}"
