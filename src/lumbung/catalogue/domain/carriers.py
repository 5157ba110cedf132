"""Kinds of material and how MARC 21 says them: leader 06–07, the 007 and 008 of the kind, and the RDA terms of 336–338."""

from dataclasses import dataclass

from lumbung.catalogue.models import Material
from lumbung.formats.marc import Field, Record
from lumbung.kernel import clock

LENGTH_OF_008 = 40
FORM_OF_ITEM, CONTENTS = 23, slice(24, 28)
TELLING_FORMS = tuple("abcoqs")


@dataclass(frozen=True)
class Carrier:
    """One kind: leader 06–07, places in 008 ({23: "o"}), the 007 that tells the carrier, and 336/337/338 as (term, code)."""

    leader: str
    fixed: dict[int, str]
    physical: str
    content: tuple[str, str]
    medium: tuple[str, str]
    form: tuple[str, str]


_PAPER = (("unmediated", "n"), ("volume", "nc"))
_SHEET = (("unmediated", "n"), ("sheet", "nb"))
CARRIERS: dict[Material, Carrier] = {
    Material.BOOK: Carrier("am", {}, "", ("text", "txt"), *_PAPER),
    Material.THESIS: Carrier("am", {24: "m"}, "", ("text", "txt"), *_PAPER),
    Material.SERIAL: Carrier("as", {}, "", ("text", "txt"), *_PAPER),
    Material.ARTICLE: Carrier("ab", {}, "", ("text", "txt"), *_PAPER),
    Material.EBOOK: Carrier("am", {23: "o"}, "cr |||||||||||", ("text", "txt"), ("computer", "c"), ("online resource", "cr")),
    Material.MAP: Carrier("em", {}, "aj |||||", ("cartographic image", "cri"), *_SHEET),
    Material.AUDIO: Carrier("im", {}, "sd |||||||||||", ("spoken word", "spw"), ("audio", "s"), ("audio disc", "sd")),
    Material.VIDEO: Carrier(
        "gm", {33: "v"}, "vd |||||", ("two-dimensional moving image", "tdi"), ("video", "v"), ("videodisc", "vd")
    ),
    Material.IMAGE: Carrier("km", {33: "i"}, "k| |||", ("still image", "sti"), *_SHEET),
    Material.SCORE: Carrier("cm", {}, "", ("notated music", "ntm"), *_PAPER),
    Material.COMPUTER_FILE: Carrier(
        "mm", {}, "co |||||||||||", ("computer dataset", "cod"), ("computer", "c"), ("computer disc", "cd")
    ),
    Material.MICROFORM: Carrier(
        "am", {23: "a"}, "hd |||||||||||", ("text", "txt"), ("microform", "h"), ("microfilm reel", "hd")
    ),
    Material.MANUSCRIPT: Carrier("tm", {}, "", ("text", "txt"), *_PAPER),
    Material.KIT: Carrier("om", {33: "b"}, "", ("other", "xxx"), ("other", "x"), ("other", "xz")),
    Material.OBJECT: Carrier("rm", {33: "r"}, "", ("three-dimensional form", "tdf"), ("unmediated", "n"), ("object", "nr")),
    Material.MIXED: Carrier("pc", {}, "", ("other", "xxx"), ("unmediated", "n"), ("other", "xz")),
}


def carry(marc: Record, material: Material) -> None:
    """Make the record say that it describes ``material``; its own 006, and a 007 of the same kind, stay."""
    carrier = CARRIERS[material]
    marc.leader = marc.leader[:6] + carrier.leader + marc.leader[8:]
    if marc.first("008") is None:
        place = next((at for at, each in enumerate(marc.fields) if each.tag > "008"), len(marc.fields))
        marc.fields.insert(place, Field("008", value=empty_008()))
    fixed = marc.all("008")[0]
    fixed.value = _with_places(_without_places(fixed.value or ""), carrier.fixed)
    _set_physical(marc, carrier.physical)
    terms = zip(("336", "337", "338"), ("rdacontent", "rdamedia", "rdacarrier"), _terms(carrier), strict=True)
    for tag, source, (term, code) in terms:
        _replace(marc, tag, Field(tag, " ", " ", [("a", term), ("b", code), ("2", source)]))


def empty_008() -> str:
    """A 008 that tells only the day it was made: no date, no country ("xx"), no language, source "other" (d); the codes of its kind
    are filled up, "not coded"."""
    return f"{clock.now():%y%m%d}n        xx {'|' * 17}    d"


def _terms(carrier: Carrier) -> tuple[tuple[str, str], ...]:
    return carrier.content, carrier.medium, carrier.form


def _set_physical(marc: Record, physical: str) -> None:
    if physical and any((each.value or "")[:1] == physical[0] for each in marc.all("007")):
        return
    marc.fields = [each for each in marc.fields if each.tag != "007"]
    if physical:
        place = next((at for at, each in enumerate(marc.fields) if each.tag > "007"), len(marc.fields))
        marc.fields.insert(place, Field("007", value=physical))


def _replace(marc: Record, tag: str, new: Field) -> None:
    """Put ``new`` where the first ``tag`` stands, in place of all of them; else in order."""
    places = [at for at, each in enumerate(marc.fields) if each.tag == tag]
    marc.fields = [each for each in marc.fields if each.tag != tag]
    at = places[0] if places else next((n for n, each in enumerate(marc.fields) if each.tag > tag), len(marc.fields))
    marc.fields.insert(at, new)


def _without_places(fixed: str) -> str:
    """008 without what tells kinds apart: the form of item, and "m" for theses among the contents."""
    form = " " if fixed[FORM_OF_ITEM : FORM_OF_ITEM + 1] in TELLING_FORMS else fixed[FORM_OF_ITEM : FORM_OF_ITEM + 1]
    return fixed[:FORM_OF_ITEM] + form + fixed[FORM_OF_ITEM + 1 : CONTENTS.stop].replace("m", " ") + fixed[CONTENTS.stop :]


def _with_places(fixed: str, letters: dict[int, str]) -> str:
    fixed = fixed.ljust(LENGTH_OF_008)
    for place, letter in letters.items():
        fixed = fixed[:place] + letter + fixed[place + 1 :]
    return fixed
