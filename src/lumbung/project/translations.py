"""Compile ``.po`` into ``.mo``, so that a clone needs neither GNU gettext nor a package of its own to speak English.

Understands what our catalogues hold: contexts, plurals, comments, fuzzy entries (left out, as msgfmt does). No Django here.
"""

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

MAGIC = 0x950412DE


def compile_catalogue(source: Path) -> Path:
    """Write the ``.mo`` beside ``source``; returns its path. Raises ValueError naming the line that is no catalogue."""
    messages = dict(_messages(source))
    target = source.with_suffix(".mo")
    target.write_bytes(_catalogue(messages))
    return target


def _messages(source: Path) -> Iterator[tuple[str, str]]:
    """Each translated message: its key (context, singular and plural joined as gettext does) and its translation."""
    for block in source.read_text(encoding="utf-8").split("\n\n"):
        if "\n#, fuzzy" in f"\n{block}" and 'msgid ""\n' not in block:
            continue
        parts = _parts(block, source)
        if "msgid" not in parts:
            continue
        key = parts["msgid"]
        if "msgid_plural" in parts:
            key += "\0" + parts["msgid_plural"]
        if "msgctxt" in parts:
            key = parts["msgctxt"] + "\x04" + key
        translation = "\0".join(text for name, text in parts.items() if name.startswith("msgstr"))
        if translation.strip("\0"):
            yield key, translation


def _parts(block: str, source: Path) -> dict[str, str]:
    """The keywords of one entry with their text, continuation lines joined."""
    parts: dict[str, str] = {}
    keyword = ""
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith('"'):
            keyword, _, line = line.partition(" ")  # noqa: PLW2901 -- the rest of the line is the text
        try:
            parts[keyword] = parts.get(keyword, "") + ast.literal_eval(line.strip())
        except (SyntaxError, ValueError):
            raise ValueError(f"{source}: {line}") from None
    return parts


def _catalogue(messages: dict[str, str]) -> bytes:
    """The binary form: a header, two tables of (length, offset), then the texts, sorted by key."""
    keys = sorted(messages, key=str.encode)
    originals = [key.encode() for key in keys]
    translations = [messages[key].encode() for key in keys]
    header = struct.calcsize("<7I")
    offset = header + 16 * len(keys)
    tables: list[int] = []
    for text in [*originals, *translations]:
        tables += (len(text), offset)
        offset += len(text) + 1
    first_table, second_table = header, header + 8 * len(keys)
    head = struct.pack("<7I", MAGIC, 0, len(keys), first_table, second_table, 0, offset)
    return head + struct.pack(f"<{len(tables)}I", *tables) + b"".join(text + b"\0" for text in [*originals, *translations])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
