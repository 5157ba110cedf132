from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lumbung.project"
    label = "project"

    def ready(self) -> None:
        from lumbung.circulation.web import panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.web import tabs  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import journal  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.web import tabs as member_tabs  # noqa: PLC0415 -- models must be loaded first
        from lumbung.project import checkup, event_facts, event_words, navigation  # noqa: PLC0415 -- translations must be ready first

        navigation.declare_sections()
        panels.fill_slots()
        tabs.fill_slots()
        member_tabs.fill_slots()
        journal.tell_with(event_words.WORDS, event_facts.FACTS, event_facts.ADDRESSES)
        checkup.add_checks()
