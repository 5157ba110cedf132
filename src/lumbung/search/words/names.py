"""Names of people as they are compared: old and new spelling, Arabic romanised in many ways, Moh. and Muhammad, without titles."""

import re
from functools import lru_cache

from lumbung.search.words.lists import word_list

# Van Ophuijsen 1901, Soewandi 1947 and the spelling in use since 1972, read as one; then the sounds that names write in two ways.
_SAME_SOUND = (
    ("tj", "c"),
    ("dj", "j"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("ch", "kh"),
    ("oe", "u"),
    ("ph", "f"),
    ("v", "f"),
    ("x", "ks"),
    ("q", "k"),
    ("z", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("sy", "s"),
    ("dz", "s"),
    ("ts", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("mt", "nt"),
    ("ae", "ai"),
    ("y", "i"),
    ("j", "i"),
    ("o", "u"),
)
_HEARD_ALIKE = tuple(
    (re.compile(sound), alike) for sound, alike in (("(?<=[aeiou])kh", "h"), ("ie", "i"), ("ai", "ei"), ("uw(?=[aei])", "u"))
)
"""Sounds that one name is written with in two ways and another by right: Achmad and Ahmad, Arief and Arif, Husain and Husein."""
SHORTEST_HEARD = 5
"""Shorter names are told apart by these sounds: Lie and Li, Lai and Lei."""
_OLD_BEFORE_NEW = re.compile("|".join(old for old, _ in _SAME_SOUND[:6]))
_MODERN = dict(_SAME_SOUND[:6])
_ONE_SOUND = re.compile("|".join(sound for sound, _ in _SAME_SOUND[6:21]))
_PLAIN_SOUND = dict(_SAME_SOUND[6:21])
_ONE_LETTER = str.maketrans("yjo", "iiu")
_DOUBLED = re.compile(r"(.)\1+")
SHORTEST_SOUND, SHORTEST_KEY = 4, 3
"""Words shorter than the first, in new spelling, are compared as they are written; so are those whose key were shorter than the second."""

_MUHAMMAD = "muhamad"
_WRITTEN_FOR = {
    **dict.fromkeys(("moh", "mohd", "muh", "muhd", "md", "mhd", "mohammed", "mohamed", "muhammed"), _MUHAMMAD),
    **dict.fromkeys(("abd", "abdoel"), "abdul"),
    **dict.fromkeys(("st",), "siti"),
    **dict.fromkeys(("jogjakarta", "jogja", "yogya", "jokjakarta", "djokjakarta", "djogjakarta"), "yogyakarta"),
}
TITLES = word_list("titles")
"""Academic and religious titles without their dots, as names carry them before and behind."""
_SHORT = 2
_SHORT_TITLES = frozenset({"dr", "ir", "hj", "kh"})
_ASKED = _SHORT_TITLES | {"drs", "dra", "prof"}
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[,;]?")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Za-z]{1,4}\.)+(?:[A-Za-z]{1,4}\b\.?)?")


def without_titles(text: str) -> str:
    """The name without titles: "Dr. Siti Aminah, M.Pd." is "Siti Aminah,". A text of nothing but titles stays as it is."""
    if "." not in text:
        return text
    bare = _DOTTED.sub(_unless_title, text)
    return bare if any(char.isalpha() for char in bare) else text


def is_title(word: str) -> bool:
    """Whether one folded word of a name is a title even without its dots. Short ones are surnames too (Ma, Se)."""
    return word in TITLES and (len(word) > _SHORT or word in _SHORT_TITLES)


@lru_cache(maxsize=4096)
def are_titles(text: str) -> bool:
    """Whether the text holds nothing but titles: "Prof. Dr.", "S.Kom., M.T."."""
    words = text.replace(",", " ").split()
    return bool(words) and all(map(is_title_as_written, words))


def is_title_as_written(word: str) -> bool:
    """Whether one word of a name as it is written is a title, with its dots or without."""
    bare = word.replace(".", "").casefold()
    return bare in TITLES if "." in word else is_title(bare)


def is_initials(text: str) -> bool:
    """Whether the text is nothing but initials with their dots: "P.", "P.A.", and no title ("M.A.")."""
    return _INITIALS.fullmatch(text) is not None and not is_title_as_asked(text)


def is_title_as_asked(word: str) -> bool:
    """Whether a word of a question is a title beside a name: with dots any, "H." too, which in a name may be an initial; without dots
    those that are no word of the language."""
    bare = word.strip(",;").replace(".", "").casefold()
    return bare in TITLES or bare == "h" if "." in word else bare in _ASKED


@lru_cache(maxsize=65536)
def key_of_name(word: str) -> str:
    """The key one folded word of a name is compared by: Soekarno and Sukarno, Tjokro and Cokro, Chairil and Khairil have one.

    The key joins words of the language that differ (jaya, yaya), so it is for names only. The shortest words have no sound in common
    with others, only an old spelling: who asks for AI does not mean Aji.
    """
    word = _WRITTEN_FOR.get(word, word)
    modern = _OLD_BEFORE_NEW.sub(lambda found: _MODERN[found[0]], word)
    if len(modern) < SHORTEST_SOUND:
        return modern if len(modern) > 1 else word
    plain = _ONE_SOUND.sub(lambda found: _PLAIN_SOUND[found[0]], modern)
    bare = _DOUBLED.sub(r"\1", plain.translate(_ONE_LETTER))
    return bare if len(bare) >= SHORTEST_KEY else modern


@lru_cache(maxsize=65536)
def key_as_heard(word: str) -> str:
    """A second key of the word, by which names meet that ``key_of_name`` keeps apart: Achmad, Akhmad and Ahmad have one, Suwarjono and
    Soeardjono. It joins more, so what has the first key in common comes first."""
    word = _WRITTEN_FOR.get(word, word)
    if len(word) < SHORTEST_HEARD:
        return key_of_name(word)
    heard = _OLD_BEFORE_NEW.sub(lambda found: _MODERN[found[0]], word)
    for sound, alike in _HEARD_ALIKE:
        heard = sound.sub(alike, heard)
    return key_of_name(heard)


def _unless_title(found: re.Match[str]) -> str:
    bare = found[0].replace(".", "").casefold()
    return " " if bare in TITLES else found[0]
