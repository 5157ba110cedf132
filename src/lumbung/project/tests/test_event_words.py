from dataclasses import fields
from importlib import import_module
from pathlib import Path

import lumbung
from lumbung.kernel.events import Event
from lumbung.project.event_facts import FACTS
from lumbung.project.event_words import WORDS


def kinds(base: type) -> set[tuple[str, str]]:
    """All events that parts of the program declare: the name of each, and where it is declared."""
    return {
        told
        for each in base.__subclasses__()
        for told in {(each.__name__, each.__module__.removesuffix(".__init__")), *kinds(each)}
        if told[1].startswith("lumbung.") and ".tests." not in told[1]
    }


def declared() -> set[tuple[str, str]]:
    """The events of the whole program."""
    package = Path(lumbung.__file__).parent
    for file in [*package.glob("*/*events*.py"), *package.glob("*/events/*.py")]:
        import_module(".".join(["lumbung", *file.relative_to(package).with_suffix("").parts]))
    for name in ("failures", "opening"):
        import_module(f"lumbung.kernel.{name}")
    return kinds(Event)


def test_every_event_has_a_name_of_its_own_with_words_and_no_words_are_left_over():
    assert sorted(WORDS) == sorted(name for name, _where in declared())


def test_every_fact_of_an_event_has_words():
    names = {fact.name for name, where in declared() for fact in fields(getattr(import_module(where), name))}
    assert sorted(names - FACTS.keys()) == []
