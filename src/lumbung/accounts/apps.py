from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "lumbung.accounts"
    label = "accounts"

    def ready(self) -> None:
        from lumbung.accounts import permissions  # noqa: PLC0415 -- declares; what may be done is known from the start
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first

        navigation.add("system", _("Pengguna"), "accounts:users", permissions.MANAGE_USERS, icon="people")
