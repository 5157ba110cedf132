"""What lists of titles leave unread."""

import re
from pathlib import Path

import lumbung

DEFERRED = re.compile(r"(?<!Authority\.objects)\.defer\(([^()]*)\)")
MARC = re.compile(r'"((?:\w+__)*)marc"')


def test_who_leaves_the_marc_of_a_record_unread_leaves_unread_what_it_is_found_by():
    calls = [
        (file.name, call)
        for file in Path(lumbung.__file__).parent.rglob("*.py")
        for call in DEFERRED.findall(file.read_text())
        if "tests" not in file.parts
    ]
    left = [(name, of) for name, call in calls for of in MARC.findall(call) if f'"{of}findable"' not in call]
    assert [each for each in left if not each[1].endswith("authority__")] == []
    assert len([call for _, call in calls if "findable" in call]) > 50
