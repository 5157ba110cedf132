"""What a record says, as a work to cite."""

from lumbung.catalogue.domain.bibliographic import Contributor, Description
from lumbung.catalogue.models import Material
from lumbung.formats.citation import Kind, Name, Work

KINDS = {
    Material.BOOK: Kind.BOOK,
    Material.EBOOK: Kind.EBOOK,
    Material.THESIS: Kind.THESIS,
    Material.ARTICLE: Kind.ARTICLE,
    Material.SERIAL: Kind.SERIAL,
    Material.MAP: Kind.MAP,
    Material.AUDIO: Kind.AUDIO,
    Material.VIDEO: Kind.VIDEO,
    Material.IMAGE: Kind.IMAGE,
    Material.SCORE: Kind.SCORE,
    Material.COMPUTER_FILE: Kind.SOFTWARE,
    Material.MANUSCRIPT: Kind.MANUSCRIPT,
}
EDITING = {"edt", "editor", "penyunting", "ed"}
NOT_AUTHORS = {
    "ths",
    "dgs",
    "trl",
    "ill",
    "ilustrator",
    "illustrator",
    "penerjemah",
    "translator",
    "pembimbing",
    "penguji",
    "promotor",
}
DEGREES = ("skripsi", "tesis", "disertasi", "tugas akhir", "karya tulis ilmiah")


def work_of(said: Description, *, url: str) -> Work:
    """The work that ``said`` describes, to be found at ``url``."""
    makers = [each for each in said.contributors if not each.work]
    return Work(
        kind=KINDS.get(Material(said.material), Kind.OTHER),
        title=": ".join(filter(None, [said.title_proper or said.title, said.remainder])),
        authors=[name_of(each) for each in makers if _writes(each)],
        editors=[name_of(each) for each in makers if _roles(each) & EDITING],
        year=said.year,
        edition=said.edition,
        place=said.place,
        publisher=said.publisher,
        series=next(iter(said.series), ""),
        degree=_degree(said.thesis),
        institution=said.publisher if said.thesis else "",
        host=said.host.title if said.host else "",
        host_place=said.host.place if said.host else "",
        isbns=said.isbns,
        issn=next(iter(said.issns), said.host.issn if said.host else ""),
        language=next(iter(said.languages), ""),
        call_number=next(iter(said.call_numbers), ""),
        subjects=[subject.text for subject in said.subjects],
        abstract=said.summary,
        url=url,
    )


def name_of(maker: Contributor) -> Name:
    """Taken apart only where the record itself did so with a comma: a mononym and a name in direct order stay whole."""
    family, comma, given = maker.name.partition(",")
    if maker.kind == "person" and comma and given.strip():
        return Name(family.strip(), given.split(",")[0].strip())
    return Name(maker.name)


def _roles(maker: Contributor) -> set[str]:
    return {role.casefold().rstrip(".") for role in maker.roles}


def _writes(maker: Contributor) -> bool:
    return not _roles(maker) & (EDITING | NOT_AUTHORS)


def _degree(thesis: str) -> str:
    said = thesis.casefold()
    return next((degree.capitalize() for degree in DEGREES if degree in said), "")
