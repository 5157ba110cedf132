"""Why another machine gave no answer, in words for the person who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Failures(models.TextChoices):
    """Why another machine gave no answer."""

    ADDRESS = "address", _("Alamatnya tidak ditemukan.")
    INTERNAL = "internal", _("Alamatnya di jaringan dalam, dan pengaturan server tidak mengizinkannya.")
    UNREACHABLE = "unreachable", _("Tidak ada yang menjawab di alamat itu.")
    TIMEOUT = "timeout", _("Tidak menjawab dalam batas waktunya.")
    BROKEN = "broken", _("Sambungannya terputus di tengah jawaban.")
    NONSENSE = "nonsense", _("Jawabannya tidak dapat dibaca.")
    TOO_LARGE = "too_large", _("Jawabannya terlalu besar.")
    STATUS = "status", _("Server itu menjawab dengan galat.")
    DENIED = "denied", _("Server itu tidak menerima sambungan ini.")
    DECLINED = "declined", _("Server itu tidak dapat menjawab pertanyaan ini.")
    INTERRUPTED = "interrupted", _("Pencariannya terhenti di sini. Cari lagi.")


class Failed(Exception):
    """The other side gave no answer: why, and what was heard of it."""

    def __init__(self, failure: Failures, detail: str = "") -> None:
        super().__init__(f"{failure.value}: {detail}")
        self.failure = failure
        self.detail = detail[:500]
