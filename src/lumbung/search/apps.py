from django.apps import AppConfig
from django.utils.translation import gettext_noop


class SearchConfig(AppConfig):
    name = "lumbung.search"
    label = "search"

    def ready(self) -> None:
        from lumbung.kernel import health, wording  # noqa: PLC0415 -- as the other parts do
        from lumbung.search.health import index_is_fit  # noqa: PLC0415 -- settings must be read first
        from lumbung.search.meeting import read  # noqa: PLC0415 -- models must be loaded first

        wording.read_by(read)
        health.add(gettext_noop("indeks pencarian"), index_is_fit)
