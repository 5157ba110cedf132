"""No box lets in so much that its address would be too long for servers and proxies, whose refusal is an empty page."""

import re
from pathlib import Path
from urllib.parse import quote_plus

SOURCES = Path(__file__).parents[2] / "src" / "lumbung"
BOX = re.compile(r'<input(?=[^>]*(?:type="search"|name="q"))(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*>')
LONGEST_ADDRESS = 8_000
"""What proxies take unless they are told otherwise."""


def test_every_box_that_searches_says_how_much_goes_in() -> None:
    boxes = [
        (path.name, box)
        for path in sorted(SOURCES.rglob("*.html"))
        for box in BOX.findall(path.read_text(encoding="utf-8"))
        if 'type="hidden"' not in box
    ]
    lengths = [(name, re.findall(r'maxlength="(\d+)"', box)) for name, box in boxes]
    assert len(boxes) > 20
    assert [name for name, length in lengths if not length] == []
    longest = max(int(length[0]) for _, length in lengths)
    assert max(len(quote_plus(sign * (longest // units))) for sign, units in (("中", 1), ("😀", 2))) < LONGEST_ADDRESS
