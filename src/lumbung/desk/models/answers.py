from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.desk.models.conversation import Conversation


class Phrase(models.Model):
    """What the desk says again and again (jawaban siap pakai). ``{nama}``, ``{perpustakaan}``, ``{petugas}`` and ``{jam}`` are filled in.

    Those at ``position`` 1 to 10 are one keystroke away.
    """

    title = models.CharField(_("judul"), max_length=80, unique=True)
    text = models.TextField(_("isi"), max_length=4000)
    position = models.PositiveSmallIntegerField(_("tombol (1–10)"), null=True, blank=True, unique=True)
    uses = models.PositiveIntegerField(_("dipakai"), default=0)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("jawaban siap pakai")
        ordering: ClassVar = [models.F("position").asc(nulls_last=True), "title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="a_phrase_has_title_and_text"),
            models.CheckConstraint(
                condition=Q(position=None) | Q(position__range=(1, 10)), name="a_phrase_has_one_of_ten_keys"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class KnownAnswer(models.Model):
    """An answer the library stands for: what is asked, what is true, where that stands, who looked at it, and until when it holds.

    ``words`` are the roots of its question, by which it is found. What nobody reviewed, or holds no longer, is offered to no reader.
    """

    class States(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        REVIEWED = "reviewed", _("Sudah diperiksa")
        WITHDRAWN = "withdrawn", _("Ditarik")

    question = models.CharField(_("pertanyaan"), max_length=300)
    text = models.TextField(_("jawaban"), max_length=8000)
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id")
    state = models.CharField(_("keadaan"), max_length=9, choices=States, default=States.DRAFT)
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pemeriksa")
    )
    reviewed_on = models.DateField(_("diperiksa"), null=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    uses = models.PositiveIntegerField(_("dipakai"), default=0)
    words = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("jawaban perpustakaan")
        ordering: ClassVar = ["-uses", "question"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(question="") & ~Q(text=""), name="a_known_answer_says_something"),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | (Q(reviewed_on__isnull=False, valid_until__isnull=False) & ~Q(source="")),
                name="a_reviewed_answer_has_source_and_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def holds_on(self, day: date) -> bool:
        """Whether it may be given to readers that day."""
        return self.state == self.States.REVIEWED and self.valid_until is not None and day <= self.valid_until


class Rating(models.Model):
    """How whoever asked found the librarian's manner (sikap) and the help (layanan), from 1 to 5, with a word if they like.

    ``secret`` is in the address sent to them; it takes one rating, until ``until``.
    """

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="rating")
    secret = models.CharField(max_length=43, unique=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    manner = models.PositiveSmallIntegerField(_("sikap"), null=True)
    help = models.PositiveSmallIntegerField(_("layanan"), null=True)
    word = models.CharField(_("pesan"), max_length=500, blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("penilaian")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rated_at=None, manner=None, help=None)
                | Q(rated_at__isnull=False, manner__range=(1, 5), help__range=(1, 5)),
                name="a_rating_has_both_scales",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manner}/{self.help}"


class Need(models.Model):
    """A need that was not met, and one way on with it, followed until whoever has it was told."""

    class Ways(models.TextChoices):
        ALTERNATIVE = "alternative", _("Gantinya")
        PURCHASE = "purchase", _("Usul dibeli")
        INTERLIBRARY = "interlibrary", _("Pinjam dari perpustakaan lain")
        NOTIFY = "notify", _("Dikabari bila ada")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="needs")
    way = models.CharField(_("jalan"), max_length=12, choices=Ways)
    wanted = models.CharField(_("yang dicari"), max_length=300)
    answer = models.CharField(_("hasil"), max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(_("penanya dikabari"), null=True)

    class Meta:
        verbose_name = _("kebutuhan")
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(wanted=""), name="a_need_says_what_is_wanted"),
            models.CheckConstraint(condition=Q(told_at=None) | ~Q(answer=""), name="who_was_told_was_told_something"),
            models.UniqueConstraint(
                fields=["conversation", "way"], condition=Q(told_at=None), name="one_open_way_of_a_kind_for_a_question"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["made_at"], condition=Q(told_at=None), name="needs_nobody_was_told_of")]

    def __str__(self) -> str:
        return self.wanted
