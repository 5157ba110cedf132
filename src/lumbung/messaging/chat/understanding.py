"""What somebody wants, by the words they wrote: the name of a command, or the cues by which people ask for it freely.

Nothing is learnt and nobody outside is asked: the heaviest cue that fits decides, two that weigh the same leave it to a person.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from lumbung.messaging.chat import own
from lumbung.messaging.chat.registry import Command, commands
from lumbung.messaging.chat.words import (
    LONGEST,
    NUMBERS,
    POLITE,
    SLANG,
    TALK,
    Word,
    cleaned,
    number_in,
    plain,
    title_in,
    title_named,
    word_set,
    words_of,
)

_ENGLISH = word_set(
    "the is are am do does did you your my me i what when where which who how can could would please book books "
    "have has any renew loan loans fine fines owe due open close hours today tomorrow sunday monday saturday "
    "library find search looking for help hello thanks thank cancel reserve hold of in on it to and with about "
    "want need show link unlink account forgot password recall request requests"
)
_INDONESIAN = word_set(
    "saya tidak yang di ke dari dan ini itu ada kak min buku perpustakaan jam buka tutup pinjam pesan "
    "perpanjang denda bisa mau berapa kapan bagaimana apa apakah sudah belum lagi dong tolong cari kartu hari "
    "besok sekarang semua untuk dengan mana kah makasih"
)
_REFUSING = re.compile(
    r"(?<!\w)(?:jangan|tidak (?:jadi|usah|perlu|mau|ingin)|batal|bukan|enggan|do ?nt|do not|never mind|stop)(?!\w)"
)
_COMPLAINING = re.compile(r"(?<!\w)(?:kenapa|mengapa|kok|knp|why|padahal|salah|keliru|harusnya|seharusnya|error|eror)(?!\w)")
_TYPO_FROM, _TYPO_TWICE_FROM = 6, 10
SHORT = 6


@dataclass(frozen=True)
class Meaning:
    """What was understood: the command's name ("" for nothing), its argument, and whether it was named and not guessed."""

    name: str = ""
    argument: str = ""
    certain: bool = False
    language: str = ""


def language_of(text: str) -> str:
    """``id`` or ``en`` where the words tell, else ""."""
    written = words_of(text)
    english = sum(word.raw in _ENGLISH for word in written)
    indonesian = sum(word.plain in _INDONESIAN or word.raw in SLANG for word in written)
    if english == indonesian:
        return ""
    return "en" if english > indonesian else "id"


def understood(text: str) -> Meaning:
    """What the text asks for. Never fails, whatever it is; what is too long for a request is left to a person."""
    written = words_of(text) if len(text) <= LONGEST else []
    return replace(_meant(written), language=language_of(text)) if written else Meaning(language=language_of(text))


def _meant(written: list[Word]) -> Meaning:
    for fits, name in ((own.is_greeting, "help"), (own.is_thanks, "thanks")):
        if fits(written):
            return Meaning(name, "", True)
    if (named := _named(written)) is not None:
        command, rest = named
        argument = _argument_for_sure(command, rest)
        if command.takes_for_sure(argument):
            whole = command.argument_of(written) if command.argument_of and not argument else ""
            return Meaning(command.name, argument or whole, True)
    mended = _mended(written)
    if (guessed := _by_cues(plain(mended))) is not None:
        return Meaning(guessed.name, _argument(guessed, mended))
    if named is not None and named[0].free and not _objects(named[0], plain(mended)):
        return Meaning(named[0].name, title_named(named[1]), not named[0].acts)
    return Meaning()


def may_be_title(text: str) -> bool:
    """Whether the whole text could be the title of something: few words, no question, nobody speaking of themselves."""
    written = words_of(text)
    asking = {
        "apa",
        "siapa",
        "kenapa",
        "mengapa",
        "bagaimana",
        "berapa",
        "kapan",
        "saya",
        "kamu",
        "who",
        "what",
        "why",
        "how",
        "i",
        "my",
    }
    return 0 < len(written) <= SHORT and "?" not in cleaned(text) and not any(word.plain in asking for word in written)


def _named(written: list[Word]) -> tuple[Command, list[Word]] | None:
    """The command whose word, or words, begin the text; the longest that does."""
    said = [word.raw for word in written]
    best: tuple[int, Command] | None = None
    for command in commands():
        for word in command.words:
            parts = word.split()
            if said[: len(parts)] == parts and (best is None or len(parts) > best[0]):
                best = (len(parts), command)
    return (best[1], written[best[0] :]) if best else None


def _argument_for_sure(command: Command, rest: list[Word]) -> str:
    """What stands after the name of the command, without politeness; the number alone where it names one of a list."""
    kept = list(rest)
    while kept and kept[-1].raw in POLITE:
        kept.pop()
    argument = " ".join(word.raw for word in kept)
    number = number_in(plain(kept)) if command.counts else ""
    only = all(
        word.raw in {"nomor", "no", "nmr", "number", "yang", "yg", "#"} or word.raw.isdigit() or word.plain in NUMBERS
        for word in kept
    )
    return number if number and only else argument


def _by_cues(text: str) -> Command | None:
    """The command whose heaviest cue fits best; None for none, and where two commands are as likely."""
    weights: dict[str, int] = {}
    for command in commands():
        fitting = [cue.weight for cue in command.cues if cue.pattern.search(text)]
        if fitting and not _objects(command, text):
            weights[command.name] = max(fitting)
    if not weights:
        return None
    heaviest = max(weights.values())
    likely = [name for name, weight in weights.items() if weight == heaviest]
    return next(command for command in commands() if command.name == likely[0]) if len(likely) == 1 else None


def _objects(command: Command, text: str) -> bool:
    """Whether something in the text says that this is not what is wanted. What would change something is taken back by a no."""
    if command.against is not None and command.against.search(text):
        return True
    return command.acts and bool(_COMPLAINING.search(text) or (not command.takes_a_no and _REFUSING.search(text)))


def _argument(command: Command, written: list[Word]) -> str:
    if command.argument_of is not None:
        return command.argument_of(written)
    if command.counts and (number := number_in(plain(written))):
        return number
    return title_in([word for word in written if word.plain not in command.own_words]) if command.free else ""


def _mended(written: list[Word]) -> list[Word]:
    """The words with slips of the finger in those that commands are asked by put right."""
    known = _vocabulary(tuple(command.name for command in commands()))
    return [_put_right(word, known) for word in written]


def _put_right(word: Word, known: Collection[str]) -> Word:
    if len(word.raw) < _TYPO_FROM or word.plain in known or word.plain in TALK or not word.raw.isalpha():
        return word
    most = 2 if len(word.raw) >= _TYPO_TWICE_FROM else 1
    near = {
        each
        for each in known
        if abs(len(each) - len(word.raw)) <= most and each[0] == word.raw[0] and _near(each, word.raw, most)
    }
    return Word(word.raw, near.pop()) if len(near) == 1 else word


@lru_cache(maxsize=4)
def _vocabulary(_names: tuple[str, ...]) -> frozenset[str]:
    """The longer words by which commands are asked."""
    said = " ".join(" ".join([*command.words, *command.examples]) for command in commands())
    return frozenset(word.plain for word in words_of_many(said) if len(word.plain) >= _TYPO_FROM and word.plain.isalpha())


def words_of_many(text: str) -> list[Word]:
    """The words of a text of any length."""
    return [word for line in text.split() for word in words_of(line)]


def _near(one: str, other: str, most: int) -> bool:
    """Whether at most ``most`` letters are missing, added, changed or swapped (Damerau and Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        older, before, row = before, row, [at]
        for to, written in enumerate(other, start=1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != written))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == written:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
    return row[-1] <= most
