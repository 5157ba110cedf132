from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.tracing import STAGE_OF, Links, Stages


class Trace(models.Model):
    """One step of knowledge: something came from something else, when and by whose hand. Never changed, never deleted."""

    kind = models.CharField(_("hubungan"), max_length=12, choices=Links)
    from_kind = models.CharField(max_length=20)
    from_key = models.BigIntegerField()
    to_kind = models.CharField(max_length=20)
    to_key = models.BigIntegerField()
    at = models.DateTimeField(_("pada"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("jejak")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=Links.values), name="a_trace_has_a_known_kind"),
            models.UniqueConstraint(
                fields=["from_kind", "from_key", "to_kind", "to_key", "kind"], name="a_step_is_traced_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_key=models.F("to_key")),
                name="nothing_comes_from_itself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_kind", "to_key"], name="trace_back"),
            models.Index(fields=["at"], name="trace_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.from_kind} {self.from_key} → {self.to_kind} {self.to_key}"

    @property
    def stage(self) -> Stages:
        """The stage this step brought the knowledge to."""
        return STAGE_OF[self.kind]

    @property
    def source(self) -> tuple[str, int]:
        return self.from_kind, self.from_key

    @property
    def target(self) -> tuple[str, int]:
        return self.to_kind, self.to_key
