from importlib import import_module
from pathlib import Path

import lumbung
from lumbung.kernel.events import Event
from lumbung.project.event_words import WORDS


def kinds(base: type) -> set[str]:
    """The names of all events that parts of the program declare."""
    return {
        name
        for each in base.__subclasses__()
        for name in {each.__name__, *kinds(each)}
        if each.__module__.startswith("lumbung.") and ".tests." not in each.__module__
    }


def test_every_event_has_words_and_no_words_are_left_over():
    package = Path(lumbung.__file__).parent
    for file in [*package.glob("*/*events*.py"), *package.glob("*/events/*.py")]:
        import_module(".".join(["lumbung", *file.relative_to(package).with_suffix("").parts]))
    for name in ("failures", "opening"):
        import_module(f"lumbung.kernel.{name}")
    assert set(WORDS) == kinds(Event)
