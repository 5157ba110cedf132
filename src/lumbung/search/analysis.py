"""How text becomes what is compared. Both engines are given tokens made here, so they find the same things.

Every word has an *exact* form (NFKC, case folded) and *folded* forms (marks and apostrophes dropped, hyphens split). Other ways to
write the same word (hyphens joined, possessive dropped) are its *variants*. Its *roots* stand for the family of words it belongs to.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lumbung.search.words import roots
from lumbung.search.words.names import is_title, key_as_heard, key_of_name, without_titles
from lumbung.search.words.roots import Told, is_function_word, is_own_root, roots_asked, roots_of

__all__ = [
    "LONGEST",
    "ROOT_FIELDS",
    "Analysis",
    "Forms",
    "Spelt",
    "Told",
    "Written",
    "analyse",
    "forms_of",
    "headings_of",
    "is_function_word",
    "is_own_root",
    "name_keys",
    "roots_in",
    "spelt",
    "tell",
    "ways_to_name",
    "words_of",
    "written",
    "written_name",
    "written_often",
]

LONGEST = 64
ROOT_FIELDS = ("title", "subject", "note")
"""The fields of words, whose families are searched too. Creators are names: they have keys of their own (``name_keys``)."""

# Scripts whose vowel signs are not letters to Python: South Asian, Thai to Tibetan, Khmer, Balinese, Javanese; and Arabic and
# Hebrew points, which must not break a word in two.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0fff\u1780-\u17ff\u1b00-\u1b7f\ua980-\ua9df"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_WORD = re.compile(
    rf"""
      [^\W\d_](?:\+\+|\#)(?!\w)              # C++, C#
    | \d[^\W_]*(?:[.,]\d+)+(?!\w)            # 1.000  2.0  658.4  2X4.2
    | (?<!\w)[^\W\d_]\s?&\s?[^\W\d_](?!\w)   # R&D, R & D
    | {_LETTER}+(?:['&-]{_LETTER}+)*         # word, al-qur'an, AT&T
    """,
    re.VERBOSE,
)
_SPECIAL = re.compile(r"[+#&_]")
_PLAIN_WORD = re.compile(r"\d[a-z0-9]*(?:[.,]\d+)+(?!\w)|[a-z0-9]+(?:['-][a-z0-9]+)*")  # what _WORD finds in text without those
_JOINERS = re.compile(r"[-&]")
_TWICE = re.compile(r"([^\W\d_]{3,})2")  # anak2, as anak-anak is still written in haste
_MUHAMMAD = key_of_name("muhammad")
_END_OF_MAIN = re.compile(r"[:/=;]\s")  # of a title, where the rest begins
_MARKED = re.compile("[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
_SAME = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼʻʹʾʿ`´′＇", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "ng",
        "'": None,
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ي",
    }
)


class Forms(NamedTuple):
    """The folded tokens of one word in order, other ways to write it, and the roots of the families it may belong to."""

    folded: tuple[str, ...]
    variants: tuple[str, ...]
    roots: tuple[str, ...]


class Keys(NamedTuple):
    """By what a word of a name is compared: its key, the key of what is heard alike, its first letter as it is written and as its key
    has it, and whether it is a name and no title."""

    key: str
    heard: str
    initials: tuple[str, ...]
    is_name: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text as three lists of tokens; ``folded`` keeps the order of the text, so phrases can be found in it."""

    exact: list[str]
    folded: list[str]
    variants: list[str]


class Spelt(NamedTuple):
    """The tokens of an ``Analysis`` with blanks between."""

    exact: str
    folded: str
    variants: str


class Written(NamedTuple):
    """The same, and the roots of its words that are not the word itself."""

    exact: str
    folded: str
    variants: str
    other_roots: str


def analyse(text: str) -> Analysis:
    exact = words_of(text)
    folded = [token for word in exact for token in forms_of(word).folded]
    return Analysis(exact, folded, [token for word in exact for token in forms_of(word).variants])


def spelt(text: str) -> Spelt:
    """What ``analyse`` gives, as an index takes it, for whole libraries at a time."""
    words, plain = _words_of(text)
    exact = " ".join(words)
    if _has_one_form_each(exact, plain=plain):
        return Spelt(exact, exact, "")
    return Spelt(exact, *_put_together(_spelt_word(word) for word in words))


def written(text: str) -> Written:
    """The same, with roots, for the ROOT_FIELDS."""
    words, plain = _words_of(text)
    exact = " ".join(words)
    if _has_one_form_each(exact, plain=plain):
        other = [root for root, word in zip(roots_of(words), words, strict=True) if root != word]
        return Written(exact, exact, "", " ".join(other))
    return Written(exact, *_put_together((*_spelt_word(word), _other_roots(word)) for word in words))


def roots_in(text: str) -> list[str]:
    """One root for each word in the order of the text; of a word of several parts those of each part and of the whole."""
    words, plain = _words_of(text)
    if _has_one_form_each(" ".join(words), plain=plain):
        return roots_of(words)
    return [root for word in words for root in dict.fromkeys(roots_of(_parts_of(word)))]


@lru_cache(maxsize=32768)
def written_often(text: str) -> Written:
    """What ``written`` says of a text that comes again and again: of what a title is about, its publisher, its place."""
    return written(text)


def words_of(text: str) -> list[str]:
    """The words of the text in their exact form."""
    return _words_of(text)[0]


def _words_of(text: str) -> tuple[list[str], bool]:
    """The words, and whether they are known to have nothing but letters and digits of ASCII."""
    normal = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text.translate(_SAME)).casefold()
    plain = _is_plain(simple := normal.replace(", ", " ").replace(": ", " ").replace(". ", " ").removesuffix("."))
    if plain:
        words = simple.split()
    elif normal.isascii() and not _SPECIAL.search(normal):
        words = _PLAIN_WORD.findall(normal)
    else:
        words = ["".join(word.split()) for word in _WORD.findall(normal)]
    return [word[:LONGEST] for word in words] if len(normal) > LONGEST else words, plain


def _has_one_form_each(exact: str, *, plain: bool) -> bool:
    """Whether no word of the text, given by its exact forms, has folded forms, variants or roots of its parts beside."""
    return not exact or ((plain or _is_plain(exact)) and not ("2" in exact and _TWICE.search(exact)))


def _put_together(forms: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Of each form those of all words, with blanks between."""
    return (" ".join(filter(None, each)) for each in zip(*forms, strict=True))


@lru_cache(maxsize=65536)
def forms_of(word: str) -> Forms:
    """The forms of one exact word: the place for anything that is done to words one at a time."""
    folded, variants = _spellings(word)
    if twice := _TWICE.fullmatch(word):
        return Forms(folded, variants, forms_of(f"{twice[1]}-{twice[1]}").roots)
    if len(folded) == 1:
        return Forms(folded, variants, roots_asked(folded[0]))
    if len(own := dict.fromkeys(roots_of(folded))) == 1:
        return Forms(folded, variants, tuple(own))
    return Forms(folded, variants, tuple(roots_of(variants[:1])) or folded[:1])


def tell(now: Told, before: Told | None = None) -> None:
    """Let words have other roots from now on; see ``words.roots.tell``."""
    roots.tell(now, before)
    for remembered in (forms_of, written_often, _other_roots):
        remembered.cache_clear()


def name_keys(text: str) -> list[str]:
    """The keys of a person's name, word by word, without titles: what is looked for in the names of creators."""
    return [ways[0] for ways in ways_to_name(text)]


def ways_to_name(text: str) -> list[tuple[str, ...]]:
    """The keys of the name's words as ``name_keys`` gives them, each with the key of what is but heard alike, where that is another."""
    return [(each.key, each.heard) if each.heard != each.key else (each.key,) for each in _names_in(text)]


def _names_in(text: str) -> list[Keys]:
    words = [each for word in words_of(without_titles(text)) for each in _keys_of(word)]
    return [each for each in words if each.is_name] or words


def written_name(name: str) -> str:
    """The keys of a creator's name as an index takes them, and the first letter of each of its words, with a dot. Who is called Muhammad
    is found by M. too, and the other way round."""
    return _remembered_name(name) if len(name) <= LONGEST else _written_name(name)


def headings_of(title: str, folded: str | None = None) -> Iterable[str]:
    """One token for a whole title, and one for its part before a colon, so that who types a title gets that title first. ``folded`` is
    what ``spelt`` says of the title, where that is known."""
    found = _END_OF_MAIN.search(title)
    parts = [spelt(title).folded if folded is None else folded, *([spelt(title[: found.start()]).folded] if found else [])]
    return dict.fromkeys(part.replace(" ", "_")[:200] for part in parts if part)


@lru_cache(maxsize=32768)
def _remembered_name(name: str) -> str:
    return _written_name(name)


def _written_name(name: str) -> str:
    names = _names_in(name)
    keys = list(dict.fromkeys(key for each in names for key in (each.key, each.heard)))
    if _MUHAMMAD in keys and "m" not in keys:
        keys.append("m")
    elif "m" in keys and len(keys) > 1:
        keys.append(_MUHAMMAD)
    return " ".join(dict.fromkeys([*keys, *(f"{letter}." for each in names for letter in each.initials)]))


def _spellings(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded tokens of the word, and its variants."""
    if word[0].isdigit() and not word.isalnum() and "-" not in word:
        return (re.sub(r"[.,&']", "", word),), ()
    plain = _plain(word)
    if twice := _TWICE.fullmatch(plain):
        return (plain,), (twice[1] * 2,)
    if "-" not in plain and "&" not in plain:
        return _letters(plain), _without_possessive(word)
    if "&" in plain:
        return (plain.replace("-", ""),), tuple(part for part in _JOINERS.split(plain) if len(part) > 1)
    parts = [part for part in plain.split("-") if part]
    return tuple(letter for part in parts for letter in _letters(part)), ("".join(parts),) if len(parts) > 1 else ()


def _is_plain(normal: str) -> bool:
    """Whether there is nothing but the letters and digits of ASCII and blanks."""
    return normal.isascii() and normal.replace(" ", "").isalnum()


def _plain(word: str) -> str:
    if word.isascii():
        return word.replace("'", "")
    return unicodedata.normalize("NFC", _MARKED.sub("", unicodedata.normalize("NFD", word)).translate(_PLAIN))


def _letters(word: str) -> tuple[str, ...]:
    """The word; one token for each character where the script puts no blanks between words."""
    if word.isascii() or not _UNSPACED.search(word):
        return (word,) if word else ()
    return tuple(part for part in _UNSPACED.split(word) if part)


def _without_possessive(word: str) -> tuple[str, ...]:
    return (_plain(word[:-2]),) if len(word) > 3 and word.endswith("'s") else ()  # noqa: PLR2004 -- a letter and more


@lru_cache(maxsize=65536)
def _keys_of(word: str) -> tuple[Keys, ...]:
    """The keys of each part of one word of a name."""
    return tuple(
        Keys(key := key_of_name(token), key_as_heard(token), (token[0], key[0]), not is_title(token))
        for token in _spellings(word)[0]
    )


@lru_cache(maxsize=65536)
def _spelt_word(word: str) -> tuple[str, str]:
    """The folded tokens and the variants."""
    folded, variants = _spellings(word)
    return " ".join(folded), " ".join(variants)


@lru_cache(maxsize=65536)
def _other_roots(word: str) -> str:
    """The roots of every part of the word and of the whole that are neither part nor whole."""
    own = _parts_of(word)
    return " ".join([root for part, root in zip(own, roots_of(own), strict=True) if root != part])


def _parts_of(word: str) -> tuple[str, ...]:
    """The folded parts of the word, and the whole where that is another."""
    folded, variants = _spellings(word)
    whole = variants[:1] if len(set(folded)) > 1 else ()
    return tuple(dict.fromkeys((*folded, *whole)))
