from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Board(models.Model):
    """A small project of a few colleagues: a goal, tasks, one shared draft, and what came out of it."""

    trace_kind = "board"

    title = models.CharField(_("proyek"), max_length=160)
    goal = models.CharField(pgettext_lazy("knowledge", "tujuan"), max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("anggota proyek"))
    draft = models.TextField(_("naskah bersama"), blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    output = models.CharField(_("hasil"), max_length=300, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("proyek")
        ordering: ClassVar = ["-began_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(goal=""), name="a_project_has_title_and_goal"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | ~models.Q(output=""), name="an_ended_project_has_an_output"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BoardTask(models.Model):
    class States(models.TextChoices):
        TODO = "todo", _("Akan dikerjakan")
        DOING = "doing", _("Sedang dikerjakan")
        DONE = "done", _("Selesai")

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("tugas"), max_length=160)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("keadaan"), max_length=6, choices=States, default=States.TODO)

    class Meta:
        verbose_name = _("tugas")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(title=""), name="a_task_says_what")]

    def __str__(self) -> str:
        return self.title
