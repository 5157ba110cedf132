from django.apps import AppConfig


class ReactionsConfig(AppConfig):
    name = "lumbung.reactions"
    label = "reactions"

    def ready(self) -> None:
        from lumbung.kernel import jobs  # noqa: PLC0415 -- models must be loaded first
        from lumbung.reactions.table import NIGHTLY, STEADY, TABLE  # noqa: PLC0415 -- models must be loaded first

        jobs.react(TABLE)
        jobs.every_night(NIGHTLY)
        jobs.steadily(STEADY)
