from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Theses(models.IntegerChoices):
    """Whether a record is handed on in the forms for theses; one that was stays there as deleted."""

    NEVER = 0, _("bukan tugas akhir")
    IS = 1, _("tugas akhir")
    WAS = 2, _("pernah tugas akhir")


class SharedRecord(models.Model):
    """What others are told of one record of the catalogue, ready to be sent; or that there was one, which stays for ever.

    ``record`` is the key of a record, kept whatever becomes of that. ``moment`` is the whole second, since 1970, in which any of it
    last changed, and ``serial`` counts on with every change of any of them: the later of two has the higher one, and neither an earlier
    moment. ``forms`` holds every form in which it is served, packed; those that could not be made are named in ``faults``.
    ``digest`` tells whether anything of it differs. The columns from ``material`` to ``access`` are the sets it belongs to.
    """

    record = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=200, blank=True)
    moment = models.BigIntegerField()
    serial = models.BigIntegerField()
    deleted = models.BooleanField(default=False)
    material = models.CharField(max_length=20)
    hundred = models.CharField(max_length=4, blank=True)
    faculty = models.CharField(max_length=40, blank=True)
    programme = models.CharField(max_length=40, blank=True)
    access = models.CharField(max_length=12, blank=True)
    thesis = models.PositiveSmallIntegerField(choices=Theses, default=Theses.NEVER)
    digest = models.CharField(max_length=32)
    forms = models.BinaryField()
    faults = models.CharField(max_length=120, blank=True)
    rama_lacks = models.PositiveIntegerField(default=0)
    onesearch_lacks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("cantuman untuk panen")
        indexes: ClassVar = [
            models.Index(fields=["moment", "serial"], name="shared_in_order"),
            models.Index(fields=["material", "moment", "serial"], name="shared_by_material"),
            models.Index(fields=["hundred", "moment", "serial"], name="shared_by_class"),
            models.Index(fields=["access", "moment", "serial"], name="shared_by_access"),
            models.Index(fields=["faculty", "moment", "serial"], condition=~Q(faculty=""), name="shared_by_faculty"),
            models.Index(fields=["programme", "moment", "serial"], condition=~Q(programme=""), name="shared_by_programme"),
            models.Index(fields=["moment", "serial"], condition=Q(thesis__gt=0), name="shared_theses"),
            models.Index(fields=["rama_lacks", "record"], condition=Q(rama_lacks__gt=0), name="shared_not_ready_for_rama"),
            models.Index(
                fields=["onesearch_lacks", "record"], condition=Q(onesearch_lacks__gt=0), name="shared_not_for_onesearch"
            ),
            models.Index(fields=["record"], condition=~Q(faults=""), name="shared_with_faults"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["serial"], name="a_change_of_what_is_shared_has_a_serial_of_its_own"),
            models.UniqueConstraint(
                fields=["identifier"], condition=~Q(identifier=""), name="an_identifier_is_of_one_shared_record"
            ),
            models.CheckConstraint(condition=Q(thesis__in=[0, 1, 2]), name="thesis_state_of_a_shared_record_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.record)


class KeptIdentifier(models.Model):
    """The identifier by which harvesters knew a record in the system it came from; they go on to know it by that."""

    record = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name = _("pengenal lama")

    def __str__(self) -> str:
        return self.identifier
