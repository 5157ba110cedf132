from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessagingConfig(AppConfig):
    name = "lumbung.messaging"
    label = "messaging"

    def ready(self) -> None:
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.messaging.permissions import SEE_DELIVERIES, SET_CHANNELS  # noqa: PLC0415 -- apps must be loaded first

        navigation.add("library", pgettext_lazy("many", "Saluran"), "messaging:channels", SET_CHANNELS, icon="message")
        navigation.add("library", _("Kata-kata pesan"), "messaging:wordings", SET_CHANNELS, icon="quote")
        navigation.add("library", _("Pesan terkirim"), "messaging:deliveries", SEE_DELIVERIES, icon="mail")
