from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lumbung.project"
    label = "project"

    def ready(self) -> None:
        from lumbung.project import checkup, navigation  # noqa: PLC0415 -- translations must be ready first

        navigation.declare_sections()
        checkup.add_checks()
