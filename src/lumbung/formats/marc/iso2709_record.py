"""One ISO 2709 record: leader, directory and fields from bytes."""

from lumbung.formats.marc import marc8
from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.entry import Encoding
from lumbung.formats.marc.record import LEADER_LENGTH, Field, Record
from lumbung.formats.marc.rules import content_defects

FIELD_END = b"\x1e"
RECORD_END = b"\x1d"
DELIMITER = "\x1f"
DIRECTORY_ENTRY = 12
LAST_START = 99_999
ESCAPE = b"\x1b"


def decode(raw: bytes, encoding: Encoding) -> tuple[Record | None, list[Defect]]:
    """The record, and what is wrong with it; None with a refused defect when it cannot be kept whole."""
    defects = _leader_defects(raw)
    base, directory = _base_and_directory(raw, defects)
    pieces = _pieces(raw, base, directory, defects)
    if pieces is None:
        return None, defects
    texts = _texts([each for _, each in pieces], raw[9:10], encoding, defects)
    if b"\0" in raw[base:]:
        texts = [each.replace("\0", marc8.REPLACEMENT) for each in texts]
        defects.append(Defect(Kind.CONTROL_CHARACTER, "00", altered=True))
    fields = [_field(tag, text, defects) for (tag, _), text in zip(pieces, texts, strict=True)]
    record = Record(raw[:LEADER_LENGTH].decode("ascii", "replace").replace("\0", " "), fields)
    defects += content_defects(record)
    return (None if any(each.refused for each in defects) else record), defects


def _leader_defects(raw: bytes) -> list[Defect]:
    if raw[10:12] == b"22":
        return []
    defects = []
    if raw[10:11] != b"2":
        defects.append(Defect(Kind.INDICATOR_COUNT, raw[10:11].decode("ascii", "replace")))
    if raw[11:12] != b"2":
        defects.append(Defect(Kind.SUBFIELD_CODE_COUNT, raw[11:12].decode("ascii", "replace")))
    return defects


def _base_and_directory(raw: bytes, defects: list[Defect]) -> tuple[int, bytes]:
    """Where the fields begin, and the directory before them. A wrong base address is mended by the directory's own end."""
    digits = raw[12:17]
    base = int(digits) if digits.isdigit() else 0
    if LEADER_LENGTH < base <= len(raw) and raw[base - 1 : base] == FIELD_END:
        return base, raw[LEADER_LENGTH : base - 1]
    first_end = raw.find(FIELD_END, LEADER_LENGTH)
    if first_end >= 0 and raw[LEADER_LENGTH:first_end].isalnum():
        defects.append(Defect(Kind.BASE_ADDRESS, digits.decode("ascii", "replace")))
        return first_end + 1, raw[LEADER_LENGTH:first_end]
    if LEADER_LENGTH < base <= len(raw):
        defects.append(Defect(Kind.DIRECTORY))
        return base, raw[LEADER_LENGTH : base - 1]
    defects.append(Defect(Kind.BASE_ADDRESS, digits.decode("ascii", "replace"), refused=True))
    return len(raw), b""


def _pieces(raw: bytes, base: int, directory: bytes, defects: list[Defect]) -> list[tuple[str, bytes]] | None:
    """Tag and bytes of each field. Fields end at their terminators; the directory names them, and must agree with that or be judged."""
    body = raw[base:].removesuffix(RECORD_END)
    parts = body.split(FIELD_END)
    if not parts[-1].strip(b"\0\r\n "):
        parts.pop()
    names = directory.decode("latin-1")
    if directory.isalnum() and (tags := _listed_plainly(names, parts)) is not None:
        return list(zip(tags, parts, strict=True))
    if (tags := _listed(names, parts)) is not None:
        if len(names) != len(parts) * DIRECTORY_ENTRY:
            defects.append(Defect(Kind.DIRECTORY))
        return list(zip(tags, parts, strict=True))
    if (by_place := _by_place(names, body)) is not None:
        return by_place
    if parts and len(names) == len(parts) * DIRECTORY_ENTRY:  # the numbers are wrong, the tags are not
        defects.append(Defect(Kind.DIRECTORY))
        return [(names[at * DIRECTORY_ENTRY : at * DIRECTORY_ENTRY + 3], part) for at, part in enumerate(parts)]
    defects.append(Defect(Kind.DIRECTORY, str(len(parts)), refused=True))
    return None


def _listed_plainly(names: str, parts: list[bytes]) -> list[str] | None:
    """The same for letters and digits where no entry is longer than it should be: a third of the time."""
    if len(names) != len(parts) * DIRECTORY_ENTRY or not names.isascii():
        return None
    start = at = 0
    try:
        for part in parts:
            length = len(part) + 1
            if int(names[at + 3 : at + DIRECTORY_ENTRY]) != length * 100_000 + start or start > LAST_START:
                return None
            start += length
            at += DIRECTORY_ENTRY
    except ValueError:
        return None
    return [names[at : at + 3] for at in range(0, len(names), DIRECTORY_ENTRY)]


def _listed(names: str, parts: list[bytes]) -> list[str] | None:
    """The tags, when the directory lists these parts one after the other, as nearly every record has them.

    Too large a field has a length of five digits here, which makes its entry longer; that is no reason to lose it.
    """
    tags, start, at = [], 0, 0
    for part in parts:
        length = len(part) + 1
        numbers = f"{length:04d}{start:05d}"
        if not names.startswith(numbers, at + 3):
            return None
        tags.append(names[at : at + 3])
        start += length
        at += 3 + len(numbers)
    return tags if at == len(names) else None


def _by_place(names: str, body: bytes) -> list[tuple[str, bytes]] | None:
    """Fields at the places the directory gives, when every byte of the body belongs to exactly one of them."""
    pieces, covered = [], 0
    for at in range(0, len(names), DIRECTORY_ENTRY):
        entry = names[at : at + DIRECTORY_ENTRY]
        if len(entry) < DIRECTORY_ENTRY or not (entry[3:].isascii() and entry[3:].isdigit()):
            return None
        length, start = int(entry[3:7]), int(entry[7:])
        part = body[start : start + length]
        if len(part) != length or part.find(FIELD_END) != length - 1:
            return None
        pieces.append((entry[:3], part[:-1]))
        covered += length
    return pieces if covered == len(body) else None


def _texts(parts: list[bytes], flag: bytes, encoding: Encoding, defects: list[Defect]) -> list[str]:
    whole = FIELD_END.join(parts)
    if whole.isascii() and ESCAPE not in whole:
        return whole.decode("ascii").split("\x1e") if parts else []
    if encoding is Encoding.LATIN_1:
        return [each.decode("cp1252", "replace") for each in parts]
    if _is_utf8(whole, flag, encoding, defects):
        return _from_utf8(whole, parts, defects)
    texts, clean = [], True
    for each in parts:
        text, was_clean = marc8.decode(each)
        texts.append(text)
        clean &= was_clean
    if not clean:
        defects.append(Defect(Kind.INVALID_MARC8, altered=True))
    return texts


def _from_utf8(whole: bytes, parts: list[bytes], defects: list[Defect]) -> list[str]:
    try:
        return whole.decode("utf-8").split("\x1e")
    except UnicodeDecodeError as error:
        defects.append(Defect(Kind.INVALID_UTF8, f"{error.object[error.start]:02X}", altered=True))
        return [each.decode("utf-8", "replace") for each in parts]


def _is_utf8(whole: bytes, flag: bytes, encoding: Encoding, defects: list[Defect]) -> bool:
    """Whether to read UTF-8: as told, else as leader/09 says unless the bytes can only be the other one."""
    if encoding is not Encoding.AUTO:
        return encoding is Encoding.UTF_8
    flagged = flag == b"a"
    valid = _valid_utf8(whole)
    if valid and not whole.isascii():
        if not flagged:
            defects.append(Defect(Kind.ENCODING_FLAG, "09"))
        return True
    if flagged and not valid and not _has_utf8(whole) and marc8.decode(whole)[1]:
        defects.append(Defect(Kind.ENCODING_FLAG, "09"))
        return False
    return flagged


def _valid_utf8(whole: bytes) -> bool:
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8(whole: bytes) -> bool:
    """Whether any sequence of several bytes is UTF-8."""
    return any(each > "\x7f" and each != marc8.REPLACEMENT for each in whole.decode("utf-8", "replace"))


def _field(tag: str, text: str, defects: list[Defect]) -> Field:
    if tag[:2] == "00" or DELIMITER not in text:
        return Field(tag, value=text)
    head, *rest = text.split(DELIMITER)
    if len(head) == 2 and "" not in rest:  # noqa: PLR2004 -- two indicators, and nothing amiss
        return Field(tag, head[0], head[1], [(each[0], each[1:]) for each in rest])
    before = head[2:].strip()
    if len(head) != 2:  # noqa: PLR2004 -- two indicators
        defects.append(Defect(Kind.TEXT_BEFORE_SUBFIELD if before else Kind.INDICATOR, tag, altered=True))
        head = head[:2].ljust(2)
    if "" in rest:
        defects.append(Defect(Kind.SUBFIELD_CODE, tag, altered=True))
    subfields = [(each[0], each[1:]) for each in rest if each]
    if len(before) > 1:  # a lost delimiter; a single character is a third indicator, which MARC 21 has no place for
        subfields.insert(0, ("a", before))
    return Field(tag, head[0], head[1], subfields)
