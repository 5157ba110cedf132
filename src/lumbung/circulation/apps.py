from django.apps import AppConfig


class CirculationConfig(AppConfig):
    name = "lumbung.circulation"
    label = "circulation"
