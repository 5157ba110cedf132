from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.community import Community
from lumbung.knowledge.models.topic import Topic


class Article(models.Model):
    """What the library knows about one thing, under one owner, in versions.

    ``version`` is the newest text; ``published_version`` the one that was approved, and what readers see. ``review_on`` is the last
    day on which it counts as valid. ``circle`` says who may read it at all; only the owner widens it.
    """

    trace_kind = "article"

    class Forms(models.TextChoices):
        HOW_TO = "how_to", _("Cara melakukan")
        SOP = "sop", _("SOP")
        LESSON = "lesson", _("Pelajaran yang dipetik")
        FAQ = "faq", _("Tanya jawab")
        HAND_OVER = "hand_over", _("Serah terima")
        GUIDE = "guide", pgettext_lazy("knowledge", "Panduan")

    class States(models.TextChoices):
        DRAFT = "draft", _("Draf")
        PUBLISHED = "published", _("Terbit")
        ARCHIVED = "archived", _("Diarsipkan")

    class Circles(models.TextChoices):
        ME = "me", _("Saya saja")
        MENTOR = "mentor", _("Saya dan mentor")
        COMMUNITY = "community", _("Komunitas")
        STAFF = "staff", pgettext_lazy("knowledge", "Semua petugas")
        PUBLIC = "public", pgettext_lazy("knowledge", "Umum")

    form = models.CharField(_("bentuk"), max_length=10, choices=Forms, default=Forms.HOW_TO)
    state = models.CharField(_("keadaan"), max_length=10, choices=States, default=States.DRAFT)
    circle = models.CharField(_("lingkar pembaca"), max_length=10, choices=Circles, default=Circles.ME)
    title = models.CharField(_("judul"), max_length=200)
    summary = models.CharField(_("ringkasan"), max_length=300, blank=True)
    body = models.TextField(_("isi"), blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topik"), blank=True, related_name="articles")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("pemilik"))
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mentor")
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("komunitas")
    )
    version = models.PositiveIntegerField(default=1)
    published_version = models.PositiveIntegerField(null=True)
    submitted_at = models.DateTimeField(pgettext_lazy("knowledge", "diajukan"), null=True)
    approved_at = models.DateTimeField(_("disetujui"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    review_on = models.DateField(_("berlaku sampai"), null=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField(_("diubah"))
    archived_at = models.DateTimeField(null=True)
    archived_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("artikel")
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="an_article_has_a_title"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_version__isnull=False, review_on__isnull=False, approved_at__isnull=False),
                name="what_is_published_was_approved_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(published_version__isnull=True) | Q(published_version__lte=F("version")),
                name="no_version_is_approved_before_it_is_written",
            ),
            models.CheckConstraint(
                condition=~Q(circle="mentor") | Q(mentor__isnull=False), name="the_circle_of_a_mentor_has_one"
            ),
            models.CheckConstraint(
                condition=~Q(circle="community") | Q(community__isnull=False), name="the_circle_of_a_community_has_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "review_on"], name="article_by_review"),
            models.Index(fields=["owner", "state"], name="article_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_news(self) -> bool:
        """Whether there is a newer text than the approved one."""
        return self.published_version is not None and self.version > self.published_version

    @property
    def is_to_be_submitted(self) -> bool:
        """Whether its newest text neither waits for approval nor has it."""
        return self.state != self.States.ARCHIVED and not self.submitted_at and self.version != self.published_version

    def is_valid(self, today: date) -> bool:
        """Whether readers may rely on it: published, and its review is not overdue."""
        return self.state == self.States.PUBLISHED and self.review_on is not None and self.review_on >= today

    def is_overdue(self, today: date) -> bool:
        return self.state == self.States.PUBLISHED and self.review_on is not None and self.review_on < today


class ArticleVersion(models.Model):
    """One text of an article, whole. Never changed, never deleted."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    note = models.CharField(_("apa yang diubah"), max_length=200, blank=True)
    restored = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("versi artikel")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="each_version_of_an_article_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.number}"


class ArticleDraft(models.Model):
    """What somebody typed and has not saved: nobody's business but theirs. ``saves`` tells two windows apart."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="drafts")
    typed = models.JSONField()
    saves = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("isian artikel yang belum disimpan")
        ordering: ClassVar = ["-saved_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "article"], name="one_draft_for_each_writer_and_article"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.article_id}"


class Contribution(models.Model):
    """Credit, for ever: who had which part in an article. It stays when the account goes; ``name`` is then all that is left.

    An empty ``name`` is somebody who left and did not wish to be named.
    """

    class Parts(models.TextChoices):
        AUTHOR = "author", _("penulis")
        EDITOR = "editor", _("penyunting")
        REVIEWER = "reviewer", _("penyetuju")
        SOURCE = "source", _("narasumber")
        DISCUSSANT = "discussant", _("penanggap")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=10, choices=Parts)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("kontribusi")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "person", "part"], condition=Q(person__isnull=False), name="credit_is_given_once_for_a_part"
            ),
            models.CheckConstraint(
                condition=Q(part__in=["author", "editor", "reviewer", "source", "discussant"]), name="a_part_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.part}"


class ArticleFile(models.Model):
    """A file of an article, typed by what it is. Its text shows a picture by this row's address."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("nama"), max_length=150)
    stored_file = models.CharField(max_length=200)
    kind = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lampiran")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(stored_file=""), name="an_attachment_has_a_file")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind != "pdf"


class PageGuide(models.Model):
    """How we do this here: the article that tells the work of one screen of the staff, by the name of its address."""

    page = models.CharField(pgettext_lazy("knowledge", "halaman"), max_length=80)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="guides")

    class Meta:
        verbose_name = _("petunjuk halaman")
        ordering: ClassVar = ["page"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "article"], name="a_guide_is_tied_to_a_page_once")]

    def __str__(self) -> str:
        return f"{self.page}: {self.article_id}"
