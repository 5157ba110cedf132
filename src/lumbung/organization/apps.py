from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "lumbung.organization"
    label = "organization"
