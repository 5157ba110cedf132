from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lumbung.project"
    label = "project"

    def ready(self) -> None:
        from lumbung.acquisitions.web import panels as acquisition_panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.circulation.web import panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.digital.web import panels as digital_panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.web import panels as discovery_panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.discovery.web import tabs  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import journal  # noqa: PLC0415 -- models must be loaded first
        from lumbung.knowledge.web import article_panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.web import tabs as member_tabs  # noqa: PLC0415 -- models must be loaded first
        from lumbung.messaging.web import panels as messaging_panels  # noqa: PLC0415 -- models must be loaded first
        from lumbung.project import (  # noqa: PLC0415 -- translations must be ready first
            chat,
            checkup,
            desk_panels,
            desk_titles,
            event_facts,
            event_names,
            event_words,
            knowledge_evidence,
            knowledge_lines,
            knowledge_quotes,
            morning_talk,
            navigation,
        )

        messaging_panels.fill_slots()
        navigation.declare_sections()
        panels.fill_slots()
        acquisition_panels.fill_slots()
        digital_panels.fill_slots()
        tabs.fill_slots()
        discovery_panels.fill_slots()
        article_panels.fill_slots()
        member_tabs.fill_slots()
        journal.tell_with(event_words.WORDS, event_facts.FACTS, event_facts.ADDRESSES, event_names.NAMES)
        checkup.add_checks()
        chat.open_chat()
        knowledge_evidence.add_evidence()
        knowledge_lines.draw_lines()
        knowledge_quotes.wire()
        morning_talk.register_sources()
        desk_panels.fill_slots()
        desk_titles.wire()
