from django.db import models


class NightlyRun(models.Model):
    """The last day a nightly job was set going, so that it goes once a day, also after a night switched off."""

    name = models.CharField(max_length=60, primary_key=True)
    last_day = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} {self.last_day}"
