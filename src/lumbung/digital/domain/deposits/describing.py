"""The catalogue's words for a deposit: MARC 21 with the numbers of the nation's registers in it."""

from lumbung.catalogue.domain.name_entry import enter_names
from lumbung.digital.domain.licences import licence_called
from lumbung.digital.models import Deposit, DepositKinds, DepositPerson
from lumbung.formats.marc import Field, Record
from lumbung.organization.queries import library

ROLES = {
    DepositPerson.Roles.SUPERVISOR: "pembimbing",
    DepositPerson.Roles.EXAMINER: "penguji",
    DepositPerson.Roles.AUTHOR: "penulis",
}
NUMBER_ADDRESSES = {"orcid": "https://orcid.org/{}"}
_CONTENT = {
    DepositKinds.RECORDING: ("spoken word", "spw", "audio", "s"),
}
_TEXT = ("text", "txt", "computer", "c")
_FIXED = {DepositKinds.THESIS: "     om    000 0 ", DepositKinds.RECORDING: "nnn  o           "}
_FIXED_TEXT = "     o     000 0 "
"""Places 18 to 34 of 008, online all."""
DEGREES = {"D3": "Tugas akhir", "D4": "Skripsi", "S1": "Skripsi", "S2": "Tesis", "S3": "Disertasi"}


def marc_of(deposit: Deposit, *, address: str) -> Record:
    """The record of a work in the repository; ``address`` is its permanent one."""
    fields = [
        Field("006", value="m     o  d        "),
        Field("007", value="cr |||||||||||"),
        Field("008", value=_coded(deposit)),
        _with("024", "7", " ", ("a", address), ("2", "uri")),
        _with("041", "0", " ", ("a", deposit.language)),
        *_creator(deposit),
        *_titles(deposit),
        _with("264", " ", "1", ("b", library().name), ("c", str(deposit.year or ""))),
        *_carriers(deposit),
        *_thesis(deposit),
        *(_with("520", "3", " ", ("a", text)) for text in (deposit.abstract, deposit.abstract_english) if text),
        *_rights(deposit),
        *_keywords(deposit),
        *_people(deposit),
        _with("856", "4", "0", ("u", address)),
    ]
    leader = "00000nim a2200000 i 4500" if deposit.kind == DepositKinds.RECORDING else "00000nam a2200000 i 4500"
    return enter_names(Record(leader=leader, fields=fields))


def _with(tag: str, ind1: str, ind2: str, *subfields: tuple[str, str]) -> Field:
    return Field(tag, ind1, ind2, [(code, value) for code, value in subfields if value])


def _coded(deposit: Deposit) -> str:
    made = deposit.created_at.strftime("%y%m%d")
    of_its_kind = _FIXED.get(DepositKinds(deposit.kind), _FIXED_TEXT)
    return f"{made}s{deposit.year or '    '}    io {of_its_kind}{deposit.language or 'ind'} d"


def _creator(deposit: Deposit) -> list[Field]:
    number = (
        ("0", f"(NIM){deposit.author_number}") if deposit.author_number and deposit.kind == DepositKinds.THESIS else ("0", "")
    )
    return [_with("100", "0", " ", ("a", deposit.author), ("e", "penulis"), number)] if deposit.author else []


def _titles(deposit: Deposit) -> list[Field]:
    title, _, rest = deposit.title.partition(": ")
    main = _with("245", "1", "0", ("a", f"{title} :" if rest else title), ("b", rest), ("c", ""))
    other = [_with("246", "1", " ", ("i", "Judul dalam bahasa Inggris:"), ("a", deposit.title_english))]
    return [main, *(other if deposit.title_english else [])]


def _carriers(deposit: Deposit) -> list[Field]:
    content, code, media, media_code = _CONTENT.get(DepositKinds(deposit.kind), _TEXT)
    return [
        _with("336", " ", " ", ("a", content), ("b", code), ("2", "rdacontent")),
        _with("337", " ", " ", ("a", media), ("b", media_code), ("2", "rdamedia")),
        _with("338", " ", " ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier")),
    ]


def _thesis(deposit: Deposit) -> list[Field]:
    """The thesis note, with the name of the programme and the code that PDDikti gave it."""
    if deposit.kind != DepositKinds.THESIS or deposit.programme is None:
        return []
    programme = deposit.programme
    kind = DEGREES.get(programme.level, "Tugas akhir")
    note = _with("502", " ", " ", ("a", kind), ("b", programme.level), ("c", library().name), ("d", str(deposit.year or "")))
    return [note, _with("710", "2", " ", ("a", library().name), ("b", str(programme)), ("0", f"(PDDikti){programme.code}"))]


def _rights(deposit: Deposit) -> list[Field]:
    licence = licence_called(deposit.licence)
    return [_with("540", " ", " ", ("a", str(licence.name)), ("u", licence.url))] if licence else []


def _keywords(deposit: Deposit) -> list[Field]:
    words = [*deposit.keywords.replace(",", ";").split(";"), *deposit.keywords_english.replace(",", ";").split(";")]
    return [_with("653", " ", " ", ("a", word.strip())) for word in dict.fromkeys(words) if word.strip()]


def _people(deposit: Deposit) -> list[Field]:
    found = []
    for person in deposit.people.all():
        number = NUMBER_ADDRESSES.get(person.number_kind, f"({person.get_number_kind_display()}){{}}").format(person.number)
        code = "1" if person.number_kind in NUMBER_ADDRESSES else "0"
        role = ROLES[DepositPerson.Roles(person.role)]
        found.append(_with("700", "0", " ", ("a", person.name), ("e", role), (code, number if person.number else "")))
    return found
