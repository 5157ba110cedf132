from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.article import Article


class ArticleImport(models.Model):
    """A folder or a wiki that comes in: looked through first, then stored, perhaps taken back; each in the background.

    ``done`` counts the lines that the present work is through with, ``linked`` those whose links lead on already, ``read`` the bytes
    of ``size`` that were looked through. ``came`` are the articles made of the ``new`` ones, of which undoing ``removed`` some.
    """

    class States(models.TextChoices):
        TRYING = "trying", _("Sedang dibaca")
        TRIED = "tried", _("Selesai dibaca")
        RUNNING = "running", _("Sedang disimpan")
        FINISHED = "finished", _("Tersimpan")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", pgettext_lazy("import", "Dibatalkan")

    name = models.CharField(_("berkas"), max_length=200)
    stored_file = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(_("ukuran"))
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.TRYING)
    read = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    linked = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    came = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("impor artikel")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(name=""), name="an_import_of_articles_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.TRYING, self.States.RUNNING, self.States.UNDOING}

    @property
    def kept(self) -> int:
        """How many of its articles undoing left, because somebody had touched them."""
        return self.came - self.removed


class ImportedDocument(models.Model):
    """What becomes of one file or page of an import: an article, or why not.

    ``leads_on``: it has links to other documents of its folder. ``because`` is the code of why it cannot be read.
    """

    class Fates(models.TextChoices):
        NEW = "new", pgettext_lazy("import", "baru")
        SAME = "same", _("judulnya sudah ada")
        UNREAD = "unread", _("tidak terbaca")

    run = models.ForeignKey(ArticleImport, on_delete=models.CASCADE, related_name="documents")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    fate = models.CharField(max_length=10, choices=Fates)
    title = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=20, blank=True)
    left_out = models.JSONField(default=list)
    leads_on = models.BooleanField(default=False)
    article = models.OneToOneField(Article, on_delete=models.SET_NULL, null=True, related_name="arrival")

    class Meta:
        ordering: ClassVar = ["run", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="one_fate_of_each_document_of_an_import"),
            models.UniqueConstraint(fields=["run", "source"], name="a_source_comes_in_once_in_an_import"),
        ]

    def __str__(self) -> str:
        return self.source
