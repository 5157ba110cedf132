from datetime import date
from typing import ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models import ItemType
from lumbung.members.models import Member
from lumbung.organization.models import Branch, Location
from lumbung.organization.queries import lineage


class SuchACopy(Protocol):
    """What these rules speak of in a copy: its type, the room and the branch it belongs to."""

    @property
    def item_type_id(self) -> int: ...
    @property
    def location_id(self) -> int | None: ...
    @property
    def branch_id(self) -> int: ...


class PersonalRule(models.Model):
    """What one member may borrow beside what the rules say: some types or places that are kept from others like them, or these alone.

    It holds for copies of any of the types, where some are named, and of any of the places (rooms, or branches that own the
    copy, with their parts), where some are named. Several that say "only" hold together: what one of them lets be lent may be lent.
    ``names_types`` and ``names_places`` stay when what was named is gone: such a rule is not one for everything.
    """

    class Kinds(models.TextChoices):
        ALLOWED = "allowed", _("Boleh meminjam juga")
        ONLY = "only", _("Hanya boleh meminjam")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="personal_rules", verbose_name=_("anggota"))
    kind = models.CharField(_("yang ditentukan"), max_length=8, choices=Kinds)
    item_types = models.ManyToManyField(ItemType, blank=True, related_name="+", verbose_name=_("jenis eksemplar"))
    locations = models.ManyToManyField(Location, blank=True, related_name="+", verbose_name=_("lokasi rak"))
    branches = models.ManyToManyField(Branch, blank=True, related_name="+", verbose_name=pgettext_lazy("many", "cabang"))
    names_types = models.BooleanField(default=False, editable=False)
    names_places = models.BooleanField(default=False, editable=False)
    loan_days = models.PositiveSmallIntegerField(_("lama pinjam (hari)"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=200)
    until = models.DateField(_("sampai dengan"), null=True, blank=True)
    added_at = models.DateTimeField(_("ditetapkan"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("ketentuan khusus anggota")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_personal_rule_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(kind="only", loan_days=None)
                | models.Q(kind="allowed", loan_days__isnull=False, loan_days__gte=1),
                name="what_is_allowed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def covers(self, item: SuchACopy) -> bool:
        """Whether it speaks of such a copy. What it names is read."""
        types = {each.pk for each in self.item_types.all()}
        rooms, owners = {each.pk for each in self.locations.all()}, {each.pk for each in self.branches.all()}
        is_of_place = item.location_id in rooms or not owners.isdisjoint(lineage(item.branch_id))
        return (not self.names_types or item.item_type_id in types) and (not self.names_places or is_of_place)
