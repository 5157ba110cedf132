"""``./lumbung translations [--write]``: every sentence on screen has its English. Reads templates with Django's own eyes.

With ``--write`` the catalogues are brought up to date: new sentences are added, empty; those no longer used are dropped.

Django makes one catalogue of those of all parts, so that only one English of a sentence is ever shown: two parts that say it otherwise
are told, and either agree or give theirs a context (``pgettext``, ``{% translate … context %}``) where the meaning differs.
"""

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

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
            _bring_up_to_date(file, found)
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
        return Catalog(locale="en", project="Lumbung", version="", header_comment="# The English of the screen.", fuzzy=False)
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


def _bring_up_to_date(file: Path, found: Catalog) -> None:
    catalogue = _read(file)
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue, omit_header=False, sort_output=True, include_lineno=False, width=120, ignore_obsolete=True)
    _without_dates(file)
    compile_catalogue(file)


def _without_dates(file: Path) -> None:
    """Dates, people and programs in the header change with every writing and say nothing."""
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not IDLE_HEADER.match(line)]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
