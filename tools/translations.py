"""``./lumbung translations [--write]``: every sentence on screen has its English. Reads templates with Django's own eyes.

With ``--write`` the catalogues are brought up to date: new sentences are added, empty, each in its place; those no longer used are
dropped; nothing else is touched.

Django makes one catalogue of those of all parts, so that only one English of a sentence is ever shown: two parts that say it otherwise
are told, and either agree or give theirs a context (``pgettext``, ``{% translate … context %}``) where the meaning differs.
"""

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from lumbung.project.translations import compile_catalogue
from tools.steps import PACKAGE, ROOT

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACE = re.compile(r"%\(\w+\)s|%s|\{\w*\}")

Key = tuple[str, str, bool]
"""What an entry is known by, in the order of a file: the sentence (its singular), the context, and whether it has a plural."""
HEADER = "# The English of the screen."
IDLE_HEADER = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To):'
)


def main(arguments: list[str]) -> int:
    """Exit code 1 when a sentence lacks its English or has two, or a translation lost a place for a name."""
    faults: list[str] = []
    files: list[Path] = []
    for part in sorted(path.parent for path in PACKAGE.glob("*/__init__.py")):
        found = _messages_of(part)
        file = part / "locale" / "en" / "LC_MESSAGES" / "django.po"
        if "--write" in arguments and len(found):
            bring_up_to_date(file, found)
        faults += [f"{file.relative_to(ROOT)}: {fault}" for fault in _faults(file, found)]
        files += [file] if file.exists() else []
    faults += said_otherwise({file.relative_to(PACKAGE).parts[0]: _read(file) for file in files})
    print("\n".join(faults[:40]))
    if faults:
        print(f"… {len(faults)} kalimat (sentences). ./lumbung translations --write menambahkan yang baru (adds new ones).")
    return 1 if faults else 0


def _messages_of(part: Path) -> Catalog:
    catalogue = Catalog(locale="en")
    for path in sorted(part.rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        for _, message, comments, context in _extracted(path):
            catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)], auto_comments=comments, context=context)
    return catalogue


def _extracted(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """What Babel finds; a template is first made into the code-like text that Django hands to gettext."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return iter(extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS))
    if "{%" not in text:
        return iter(())
    return iter(extract("javascript", io.BytesIO(templatize(text).encode()), keywords=KEYWORDS))


def _read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as stream:
        return read_po(stream, locale="en")


def _faults(file: Path, found: Catalog) -> Iterator[str]:
    translated = _read(file)
    for message in found:
        if message.id:
            yield from _faults_of(message, translated.get(message.id, message.context))


def _faults_of(message: Message, translation: Message | None) -> Iterator[str]:
    shown = message.id if isinstance(message.id, str) else message.id[0]
    if translation is None or translation.fuzzy:
        yield f"tidak ada (missing): {shown!r}"
        return
    texts = [translation.string] if isinstance(translation.string, str) else list(translation.string)
    if not all(texts):
        yield f"kosong (empty): {shown!r}"
        return
    places = set(PLACE.findall(" ".join([message.id] if isinstance(message.id, str) else message.id)))
    if lost := places.symmetric_difference(PLACE.findall(" ".join(texts))):
        yield f"tempat nama berbeda (places differ) {sorted(lost)}: {shown!r}"


def said_otherwise(catalogues: Mapping[str, Catalog]) -> Iterator[str]:
    """The sentences that parts (the catalogue of each by its name) have in different English, with what each of them says."""
    said: defaultdict[tuple[str | None, tuple[str, ...]], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for part, catalogue in catalogues.items():
        for message in catalogue:
            if message.id and message.string and not message.fuzzy:
                said[message.context, _forms(message.id)][part] = _forms(message.string)
    for (context, sentence), by_part in said.items():
        if len(set(by_part.values())) > 1:
            each = ", ".join(f"{part} {' / '.join(english)!r}" for part, english in by_part.items())
            told = f" ({context})" if context else ""
            yield f"dua bahasa Inggris (two Englishes): {' / '.join(sentence)!r}{told}: {each}"


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """Singular and plural; of what has none, the one form."""
    return (text,) if isinstance(text, str) else tuple(text)


def bring_up_to_date(file: Path, found: Catalog) -> None:
    """Add the sentences that are new, each where it belongs among the others, and drop those no longer used. The rest stays to the letter,
    where it stands: a run with nothing new changes nothing."""
    written = (
        file.read_text(encoding="utf-8")
        if file.exists()
        else _entry(Catalog(locale="en", project="Lumbung", version="", fuzzy=False), header=HEADER)
    )
    head, *entries = re.split(r"\n{2,}", written.strip("\n"))
    wanted = {_key(message): message for message in found if message.id}
    kept: dict[Key, str] = {}
    for entry in entries:
        if (key := _key_of(entry)) in wanted:
            kept.setdefault(key, entry)
    order = list(kept)
    for key in wanted.keys() - kept.keys():
        order.insert(place_for(key, order), key)
        kept[key] = _entry(Catalog(locale="en"), wanted[key])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join([head, *(kept[key] for key in order)]) + "\n", encoding="utf-8")
    compile_catalogue(file)


def place_for(key: Key, order: Sequence[Key]) -> int:
    """Where the fewest entries are on its wrong side: that is its place in the order, also where people put one or another out of it."""
    wrong = least = sum(each < key for each in order)
    place = 0
    for number, each in enumerate(order, start=1):
        wrong += 1 if each > key else -1
        if wrong < least:
            least, place = wrong, number
    return place


def _key(message: Message) -> Key:
    text: Any = message.id
    return _forms(text)[0], message.context or "", message.pluralizable


def _key_of(entry: str) -> Key | None:
    """None for what is no entry, such as one that was commented out."""
    return next((_key(message) for message in read_po(io.StringIO(entry), locale="en") if message.id), None)


def _entry(catalogue: Catalog, message: Message | None = None, *, header: str = "") -> str:
    """As it is written in a file: the message alone, or the header, without what changes in it with every writing and says nothing."""
    catalogue.header_comment = header
    if message is not None:
        catalogue.add(message.id, locations=message.locations, flags=message.flags, context=message.context)
    stream = io.BytesIO()
    write_po(stream, catalogue, omit_header=not header, include_lineno=False, width=120)
    lines = stream.getvalue().decode().strip("\n").splitlines()
    return "\n".join(line for line in lines if not IDLE_HEADER.match(line))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
