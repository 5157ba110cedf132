from django.apps import AppConfig
from django.utils.translation import gettext_noop


class SearchConfig(AppConfig):
    name = "lumbung.search"
    label = "search"

    def ready(self) -> None:
        from lumbung.kernel import health  # noqa: PLC0415 -- as the other parts do
        from lumbung.search.health import index_is_fit  # noqa: PLC0415 -- settings must be read first

        health.add(gettext_noop("indeks pencarian"), index_is_fit)
