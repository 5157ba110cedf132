"""The marks that ISBD puts between the subfields of title, publication and physical description."""

from lumbung.catalogue.domain.simple_entry import bare
from lumbung.formats.marc import Field, Record

LEADS_TO: dict[str, dict[str, tuple[str, ...]]] = {
    "245": {"b": (" :", " =", " ;"), "c": (" /",)},
    "260": {"b": (" :",), "c": (",",)},
    "264": {"b": (" :",), "c": (",",)},
    "300": {"b": (" :",), "c": (" ;",), "e": (" +",)},
}
MARKS = ("/", ":", ";", "=", ",", "+")


def is_punctuated(marc: Record, field: Field) -> bool:
    """Whether marks stand between subfields here: the leader says so, or the field itself shows it."""
    return marc.leader[18:19] in {"a", "i"} or any(text.rstrip().endswith(MARKS) for _, text in field.subfields[:-1])


def punctuate(field: Field) -> None:
    """Put the right mark before each subfield and none after the last; a mark that fits already stays."""
    leads = LEADS_TO.get(field.tag, {})
    codes = [code for code, _ in field.subfields]
    for at, (code, text) in enumerate(field.subfields):
        if at + 1 == len(codes):
            ended = text.rstrip().rstrip("/:;=,+").rstrip() if text.rstrip().endswith(MARKS) else text
            field.subfields[at] = (code, ended)
        elif (marks := leads.get(codes[at + 1])) and not text.endswith(marks):
            field.subfields[at] = (code, bare(text) + marks[0])
