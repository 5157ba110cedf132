from django.db import models


class SentForm(models.Model):
    """A form that was sent and made something, and the page it led to: sent again, it leads there and makes nothing."""

    key = models.CharField(max_length=64, primary_key=True)
    answer = models.TextField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.answer
