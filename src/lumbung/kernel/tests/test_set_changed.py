import pytest

from lumbung.kernel.changes import set_changed
from lumbung.kernel.models import JournalEntry


def test_only_what_differs_is_set_and_text_loses_the_blanks_around_it():
    entry = JournalEntry(name="BookBlessed", channel="desk")
    assert set_changed(
        entry, {"name": " BookBlessed ", "channel": " web ", "actor_id": 7}, allowed=("name", "channel", "actor_id")
    ) == [
        "actor_id",
        "channel",
    ]
    assert (entry.name, entry.channel, entry.actor_id) == ("BookBlessed", "web", 7)


def test_a_field_that_may_not_be_changed_is_a_slip_and_nothing_is_set():
    entry = JournalEntry(name="BookBlessed", channel="desk")
    with pytest.raises(TypeError, match="JournalEntry has no channel to change"):
        set_changed(entry, {"name": "BookBurnt", "channel": "web"}, allowed=("name",))
    assert entry.name == "BookBlessed"
