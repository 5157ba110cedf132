from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lumbung.search"
    label = "search"
