from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lumbung.search"
    label = "search"

    def ready(self) -> None:
        from lumbung.kernel import health  # noqa: PLC0415 -- as the other parts do
        from lumbung.search.health import index_is_fit  # noqa: PLC0415 -- settings must be read first

        health.add("indeks pencarian", index_is_fit)
