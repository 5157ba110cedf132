"""MARC 21 records made of the demonstration's titles (RDA carriers, 008 by material)."""

from lumbung.formats.marc import Field, Record
from lumbung.project.demonstration.titles import Title

# material: leader 06-07, and the RDA content, media and carrier terms with their codes
CARRIERS: dict[str, tuple[str, tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    "book": ("am", ("teks", "txt"), ("tanpa perantara", "n"), ("volume", "nc")),
    "thesis": ("am", ("teks", "txt"), ("tanpa perantara", "n"), ("volume", "nc")),
    "serial": ("as", ("teks", "txt"), ("tanpa perantara", "n"), ("volume", "nc")),
    "map": ("em", ("citra kartografi", "cri"), ("tanpa perantara", "n"), ("lembar", "nb")),
    "video": ("gm", ("citra bergerak dua dimensi", "tdi"), ("video", "v"), ("cakram video", "vd")),
    "audio": ("jm", ("musik yang dimainkan", "prm"), ("audio", "s"), ("cakram audio", "sd")),
    "score": ("cm", ("notasi musik", "ntm"), ("tanpa perantara", "n"), ("volume", "nc")),
    "ebook": ("am", ("teks", "txt"), ("komputer", "c"), ("sumber daya daring", "cr")),
    "microform": ("am", ("teks", "txt"), ("bentuk mikro", "h"), ("gulungan mikrofilm", "hd")),
}
PHYSICAL = {
    "video": "vd cvaizs",
    "audio": "sd fsngnnmmned",
    "map": "aj canzn",
    "microform": "hd afa---baaa",
    "ebook": "cr |n|||||||||",
}
FIXED = {
    "thesis": "      m    000 0 ",
    "ebook": "     o     000 0 ",
    "microform": "     a     000 0 ",
    "serial": "uu p       0    0",
    "map": "       a     0   ",
    "video": "---            vu",
    "audio": "uun              ",
    "score": "uuu              ",
}
"""Places 18 to 34 of 008, by material; of a book where none is told."""
EXTENT = {
    "serial": "jilid",
    "map": "1 peta",
    "video": "1 cakram video (DVD)",
    "audio": "1 cakram audio",
    "ebook": "1 sumber daya daring",
    "microform": "gulungan mikrofilm",
}


# books their authors or publishers give away
OPEN_AT = {
    "Think Python: how to think like a computer scientist": "https://greenteapress.com/wp/think-python-2e/",
    "Automate the boring stuff with Python": "https://automatetheboringstuff.com/",
    "Open access": "https://mitpress.mit.edu/9780262517638/open-access/",
    "Pedoman umum ejaan bahasa Indonesia": "https://ejaan.kemdikbud.go.id/",
}


def record_of(title: Title, number: int) -> Record:
    """The whole record, ``number`` being its control number."""
    levels, *carrier = CARRIERS[title.material]
    fields = [
        Field("001", value=f"demo{number:05}"),
        Field("003", value="LUMBUNG"),
        *([Field("007", value=PHYSICAL[title.material])] if title.material in PHYSICAL else []),
        Field("008", value=_fixed_data(title)),
    ]
    if title.isbn:
        fields.append(Field("020", subfields=[("a", title.isbn)]))
    fields += [
        Field("041", "0", subfields=[("a", title.language)]),
        Field("082", "0", "4", [("a", title.classification)]),
        *_creators(title),
        _title_statement(title),
        Field("264", " ", "1", _publication(title)),
        Field("300", subfields=[("a", EXTENT.get(title.material, "jilid ; 21 cm"))]),
    ]
    for tag, (term, code) in zip(("336", "337", "338"), carrier, strict=True):
        fields.append(Field(tag, subfields=[("a", term), ("b", code), ("2", f"rda{_source(tag)}")]))
    if title.material == "thesis":
        fields.append(Field("502", subfields=[("b", "Disertasi"), ("c", title.publisher), ("d", title.year)]))
    fields += [Field("650", " ", "4", _subject(subject)) for subject in title.subjects]
    if title.material == "ebook" and title.title in OPEN_AT:
        fields.append(Field("856", "4", "0", [("u", OPEN_AT[title.title]), ("y", "Baca daring")]))
    return Record(f"00000n{levels} a2200000 i 4500", fields)


def _source(tag: str) -> str:
    return {"336": "content", "337": "media", "338": "carrier"}[tag]


def _fixed_data(title: Title) -> str:
    date = f"c{title.year}9999" if title.material == "serial" else f"s{title.year}    "
    country = "io " if title.language in ("ind", "jav") else "xx "
    is_fiction = any("Fiksi" in subject for subject in title.subjects)
    book = f"           000 {int(is_fiction)} "
    return f"261122{date}{country}{FIXED.get(title.material, book)}{title.language} d"


def _creators(title: Title) -> list[Field]:
    """The first creator as 100 or 110; the others follow in 700. Names stand as their bearers write them (first indicator 0)."""
    first = title.creators[0]
    if first.startswith("@"):
        fields = [Field("110", "2", " ", [("a", first[1:])])]
    else:
        fields = [Field("100", "0", " ", [("a", first), ("e", "pengarang")])]
    return fields + [Field("700", "0", " ", [("a", name), ("e", "pengarang")]) for name in title.creators[1:]]


def _title_statement(title: Title) -> Field:
    proper, _, rest = title.title.partition(": ")
    responsibility = ", ".join(name.removeprefix("@") for name in title.creators)
    if rest:
        subfields = [("a", f"{proper} :"), ("b", f"{rest} /"), ("c", f"{responsibility}.")]
    else:
        subfields = [("a", f"{proper} /"), ("c", f"{responsibility}.")]
    skip = "4" if proper.startswith("The ") else "2" if proper.startswith("A ") else "0"
    return Field("245", "1", skip, subfields)


def _publication(title: Title) -> list[tuple[str, str]]:
    return [("a", f"{title.place} :"), ("b", f"{title.publisher},"), ("c", title.year)]


def _subject(heading: str) -> list[tuple[str, str]]:
    main, *subdivisions = heading.split("--")
    return [("a", main), *(("x", each) for each in subdivisions)]
