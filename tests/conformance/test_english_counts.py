"""What is counted is told in the singular where it is one: “1 copy”, never “1 copies”."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import lumbung

COUNTED = re.compile(
    r"%\((?:count|n|number_of|all|total|works|gaps|taken|gone|rows|places)\)[sd](?:</b>)? (?:[a-z]+ )?(\w+s|people)\b"
)
NEVER_ONE = {
    "per %(n)s days",
    "per %(n)s hours",
    "per %(n)s weeks",
    "%(n)s days",
    "Used (%(n)s days)",
    "Used and asked for in the last %(n)s days, with those that are quiet and what can be done.",
    "%(count)s files: %(told)s.",
    "%(met)s of %(all)s requirements are shown by story tests.",
}
"""Of one day, hour or week another sentence is said; services are looked at over thirty days and more, and only several
files are summed up."""
NO_NOUNS = {"is", "was", "has", "as", "this", "its"}
CATALOGUES = sorted(Path(lumbung.__file__).parent.glob("*/locale/en/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parents[3].name)
def test_one_thing_is_told_in_the_singular(file: Path) -> None:
    with file.open("rb") as stream:
        said = [message.string for message in read_po(stream, locale="en") if message.id and isinstance(message.string, str)]
    found = [each for each in said if any(noun not in NO_NOUNS for noun in COUNTED.findall(each))]
    assert [each for each in found if each not in NEVER_ONE] == []
