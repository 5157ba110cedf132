"""What people write to a library is taken for what they want: measured on sample messages, a third of which nobody tuned on."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbung.messaging.chat import command_called
from lumbung.messaging.chat.understanding import understood
from lumbung.messaging.domain.conversations import START_WORDS, STOP_WORDS

MESSAGES = Path(__file__).with_name("chat_messages.tsv")
LEAST = 0.95
WITHOUT_ARGUMENT = {"person", "hours", "room", "contact", "help", "thanks", "stop", "start"}


@dataclass(frozen=True)
class Sample:
    """A message, and what it should be taken for. ``held``: its failures were never looked at while the cues were written."""

    part: str
    action: str
    argument: str
    text: str


def samples() -> Iterator[Sample]:
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield Sample(*line.split("\t"))


def taken_for(text: str) -> tuple[str, str]:
    """The action and its argument; what nobody understood, and what is always a person's, is "person"."""
    word = re.sub(r"[^\w ]", "", text).strip().lower()
    if word in STOP_WORDS | START_WORDS:
        return ("stop" if word in STOP_WORDS else "start"), ""
    meaning = understood(text)
    return (meaning.name, meaning.argument) if meaning.name not in {"", "matter"} else ("person", "")


def is_right(sample: Sample) -> bool:
    action, argument = taken_for(sample.text)
    return action == sample.action and (argument == sample.argument or action in WITHOUT_ARGUMENT)


@pytest.mark.parametrize("part", ["sample", "tuned", "held"])
def test_of_every_part_nineteen_in_twenty_are_taken_right(part: str):
    counted = Counter(is_right(sample) for sample in samples() if sample.part == part)
    assert counted[True] / counted.total() >= LEAST, f"{part}: {counted[True]} of {counted.total()}"


def test_there_are_enough_messages_and_a_third_was_held_back():
    counted = Counter(sample.part for sample in samples())
    assert counted["tuned"] + counted["held"] >= 150
    assert counted["held"] >= 80


def test_nothing_is_changed_at_once_by_words_that_did_not_ask_for_it():
    harmful = []
    for sample in samples():
        meaning = understood(sample.text)
        command = command_called(meaning.name)
        if command and command.acts and meaning.certain and meaning.name != sample.action:
            harmful.append(sample.text)
    assert harmful == []


def test_what_would_change_something_is_only_guessed_from_free_words_and_so_asked_about_first():
    free = [
        "kak tolong perpanjang semua buku saya",
        "mau pesan buku laskar pelangi",
        "gak jadi pesen bukunya",
        "putuskan akun saya dong",
    ]
    assert [(understood(text).name, understood(text).certain) for text in free] == [
        ("renew", False),
        ("hold", False),
        ("cancel", False),
        ("unlink", False),
    ]
