from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """What people here know and talk about: one vocabulary for articles, sessions, questions and people.

    ``subject`` is the heading by which the catalogue has books on it, when it is called otherwise there.
    """

    name = models.CharField(_("nama"), max_length=80)
    note = models.CharField(_("penjelasan"), max_length=300, blank=True)
    subject = models.CharField(_("tajuk subjek di katalog"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("topik")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_topic_has_a_name"),
            models.UniqueConstraint(Lower("name"), name="topic_name_is_unique_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name
