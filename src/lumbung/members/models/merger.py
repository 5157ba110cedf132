from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.whole_rows import ExactEncoder
from lumbung.members.models.member import Member


class FormerCard(models.Model):
    """A card number that led to somebody who was registered twice; it goes on finding the one that stayed."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="former_cards")
    barcode = models.CharField(_("nomor kartu lama"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("kartu lama")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(barcode=""), name="a_former_card_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.barcode


class MemberMerger(models.Model):
    """Two registrations of one person became one: enough to lead old addresses on, and to take it back.

    ``gone`` and ``into`` are keys of members, kept whatever becomes of the rows. ``row`` is the one that went, ``before`` and ``became``
    what the other said in the fields that changed; ``moved`` what every follower moved, in its own words. The three are personal
    data: they are emptied after a while or when the person is forgotten (``forgotten_at``), and then nothing can be taken back.
    """

    gone = models.BigIntegerField()
    into = models.BigIntegerField(db_index=True)
    row = models.JSONField(encoder=ExactEncoder)
    before = models.JSONField(encoder=ExactEncoder)
    became = models.JSONField(encoder=ExactEncoder)
    moved = models.JSONField(encoder=ExactEncoder)
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("penggabungan anggota")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="a_member_goes_into_one_other"),
            models.CheckConstraint(condition=~Q(gone=F("into")), name="a_member_goes_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.into}"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.forgotten_at is None


class MemberPair(models.Model):
    """Two members who may be one person. A pair that was dismissed is remembered, so that it is not asked again; ``first`` is the older."""

    class Likenesses(models.TextChoices):
        NUMBER = "number", _("nomor yang sama")
        BIRTH = "birth", _("nama dan tanggal lahir sama")
        EMAIL = "email", _("surel sama")
        PHONE = "phone", _("telepon sama")

    first = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=10, choices=Likenesses)
    weight = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("anggota yang mungkin ganda")
        ordering: ClassVar = ["weight", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="two_members_are_a_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_first_member_of_a_pair_is_the_older"),
            models.CheckConstraint(
                condition=Q(likeness__in=["number", "birth", "email", "phone"]), name="likeness_of_members_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["weight", "id"], condition=Q(dismissed_at__isnull=True), name="member_pairs_to_decide"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
