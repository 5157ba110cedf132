from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.models.article import Article


class ArticleImport(models.Model):
    """Articles that came in together from a folder or a wiki, with what became of each, until it is undone."""

    name = models.CharField(_("berkas"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    report = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("impor artikel")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(name=""), name="an_import_of_articles_has_a_name")]

    def __str__(self) -> str:
        return self.name


class ImportedArticle(models.Model):
    """Which article came in by which import, and from which file or page."""

    run = models.ForeignKey(ArticleImport, on_delete=models.CASCADE, related_name="articles")
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="arrival")
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "source"], name="a_source_comes_in_once_in_an_import")]

    def __str__(self) -> str:
        return self.source
