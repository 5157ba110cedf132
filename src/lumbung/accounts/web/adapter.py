"""How allauth's sign-in flows behave here: no public sign-up, our verbs, our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.domain import users
from lumbung.accounts.domain.sessions import note_device
from lumbung.accounts.models import Role, User
from lumbung.messaging.domain import messages

PASSWORD_PAGES = {"account_change_password", "account_set_password"}
RECOVERY = "account_reset_password_from_key"
WRONG = _("Nama atau kata sandi keliru. Periksa huruf besar dan kecil pada kata sandi, lalu coba lagi.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": _("Kata sandi keliru."),
        "enter_current_password": _("Kata sandi sekarang keliru. Ketik sekali lagi."),
        "invalid_password_reset": _("Tautan ini sudah dipakai atau kedaluwarsa. Mintalah tautan baru."),
        "too_many_login_attempts": _("Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit, lalu coba lagi."),
        "rate_limited": _("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: the library does."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where no page was asked for: staff to their work, members to what they have on loan."""
        roles: set[Role] = getattr(request.user, "roles", set())
        return "/staff/" if roles - {Role.MEMBER} else settings.LOGIN_REDIRECT_URL

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and remember on what device."""
        super().login(request, user)
        note_device(request)

    def set_password(self, user: User, password: str) -> None:
        if self.request.resolver_match.url_name == RECOVERY:
            users.recover_password(user, password)
        else:
            users.set_password(user, password, by=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one sees that no other device is signed in any more."""
        return reverse("account_devices")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Signing in and out needs no announcement: the page shows who is signed in. A password that is changed does."""
        if request.resolver_match and request.resolver_match.url_name in PASSWORD_PAGES and level == notices.SUCCESS:
            notices.success(request, _("Kata sandi diganti. Perangkat lain harus masuk lagi dengan kata sandi baru."))

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """To the address we have on record, never to the one that was typed."""
        facts = {"name": user.name, "username": user.username, "link": context["password_reset_url"]}
        messages.send("password_reset", address=user.email, facts=facts, language=user.language)

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse(RECOVERY, kwargs={"uidb36": "UID", "key": "KEY"}).replace("UID-KEY", key)
        return f"{settings.SITE_URL}{path}" if settings.SITE_URL else self.request.build_absolute_uri(path)
