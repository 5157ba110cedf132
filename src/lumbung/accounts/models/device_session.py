import hashlib
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models.user import User


class DeviceSession(AbstractBaseSession):
    """What a browser is remembered by. Of one that is signed in, its owner sees the device in few words and the day of its last use."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="device_sessions")
    device = models.CharField(_("perangkat"), max_length=60, blank=True)
    began_at = models.DateTimeField(_("masuk"), null=True)
    last_used_on = models.DateField(_("terakhir dipakai"), null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("perangkat yang masuk")  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        return import_module(settings.SESSION_ENGINE).SessionStore  # type: ignore[no-any-return]

    @property
    def handle(self) -> str:
        """Names the session on a page, where its key must not stand."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:24]

    def is_good_for(self, user: User) -> bool:
        """Whether it still signs the user in: one begun under an earlier password does not."""
        kept = self.get_decoded().get(HASH_SESSION_KEY, "")
        return constant_time_compare(kept, user.get_session_auth_hash())
