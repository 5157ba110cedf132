from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "lumbung.discovery"
    label = "discovery"
