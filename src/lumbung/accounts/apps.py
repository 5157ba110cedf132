from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lumbung.accounts"
    label = "accounts"

    def ready(self) -> None:
        from lumbung.accounts import permissions  # noqa: F401, PLC0415 -- declares; what may be done is known from the start
