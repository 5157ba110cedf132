from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "lumbung.kernel"
    label = "kernel"
