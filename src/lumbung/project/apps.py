from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lumbung.project"
    label = "project"
