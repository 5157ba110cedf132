"""What is wrong with a record before it is saved, in words a cataloguer can act upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.bibliographic import has_title, material_of
from lumbung.catalogue.models import Material
from lumbung.catalogue.refusals import NO_TITLE
from lumbung.formats.marc import Record
from lumbung.formats.marc.checking import LEADER, Finding, Level, findings
from lumbung.formats.marc.definitions import field_definitions, name

SENTENCES = {
    "tag_form": _("Tanda ruas “%(tag)s” tidak sah: harus tiga angka atau huruf."),
    "control_with_subfields": _("Ruas %(tag)s adalah ruas kendali: isinya teks langsung, tanpa subruas."),
    "indicator_form": _("Indikator “%(indicators)s” tidak sah: dua tempat, masing-masing angka, huruf kecil, atau kosong (#)."),
    "code_form": _("Kode subruas “%(code)s” tidak sah: harus satu huruf kecil atau angka."),
    "no_subfields": _("Ruas ini tidak mempunyai subruas. Awali isinya dengan $a."),
    "text_without_subfield": _("Isi ruas ini belum dibagi menjadi subruas. Awali dengan $a."),
    "control_characters": _("Ada karakter kendali di dalam teks. Hapus karakter itu."),
    "too_long": _("Ruas ini %(size)s bita; berkas ISO 2709 hanya memuat %(most)s. Di sini dan di MARCXML tetap utuh."),
    "obsolete_tag": _("Ruas ini sudah tidak dipakai dalam MARC 21."),
    "local_tag": _("Ruas setempat: disimpan apa adanya, maknanya ditentukan perpustakaan Anda."),
    "unknown_tag": _("Ruas ini tidak ada dalam MARC 21 bibliografis; disimpan apa adanya."),
    "indicator": _("Indikator %(number)s “%(code)s” tidak ada artinya di sini. Pilihannya: %(allowed)s."),
    "subfield": _("Subruas $%(code)s tidak ada dalam ruas ini."),
    "local_subfield": _("Subruas $%(code)s adalah subruas setempat."),
    "obsolete_subfield": _("Subruas $%(code)s sudah tidak dipakai dalam MARC 21."),
    "subfield_repeated": _("Subruas $%(code)s (%(label)s) hanya boleh satu."),
    "subfield_empty": _("Subruas $%(code)s masih kosong."),
    "isbn": _("ISBN “%(number)s” tidak sah: periksa angkanya, atau pindahkan ke $z."),
    "issn": _("ISSN “%(number)s” tidak sah: periksa angkanya, atau pindahkan ke $y."),
    "repeated": _("Ruas ini (%(label)s) hanya boleh satu."),
    "title_after_main_entry": _("Ada tajuk utama (1XX), jadi indikator 1 seharusnya 1."),
    "title_is_main_entry": _("Tidak ada tajuk utama (1XX), jadi indikator 1 seharusnya 0."),
    "nonfiling": _("Indikator 2 melewati %(count)s huruf (“%(text)s”), tetapi tidak berakhir pada batas kata."),
    "several_main_entries": _("Hanya boleh ada satu tajuk utama (1XX). Jadikan yang lain tajuk tambahan (7XX)."),
    "pair_lost": _("Tautan $6 %(link)s tidak mempunyai pasangan."),
    "length": _("Panjangnya %(length)s karakter, seharusnya %(right)s."),
    "kind": _("Karakter pertama “%(code)s” tidak menyebut jenis bahan yang dikenal."),
    "place": _("Posisi %(place)s (%(label)s): kode “%(code)s” tidak ada dalam daftarnya."),
    "date_entered": _("Posisi 00–05 harus tanggal dimasukkan (ttbbhh), bukan “%(text)s”."),
    "date_missing": _("Jenis tanggal “%(kind)s” memerlukan tahun %(number)s; di sana tertulis “%(text)s”."),
    "dates_reversed": _("Tahun pertama (%(first)s) sesudah tahun kedua (%(second)s)."),
    "date_too_much": _("Jenis tanggal “%(kind)s” berarti tanpa tahun, tetapi tahunnya terisi."),
    "missing": _("Untuk %(material)s biasanya ada ruas %(tags)s (%(label)s)."),
}
COMMON = (("245",), ("008",), ("264", "260"), ("300",), ("336",), ("337",), ("338",))
USUAL: dict[str, tuple[tuple[str, ...], ...]] = {
    Material.BOOK: (("082", "080", "084", "090"),),
    Material.THESIS: (("100",), ("502",)),
    Material.SERIAL: (("310",), ("362",)),
    Material.ARTICLE: (("773",),),
    Material.MAP: (("255", "034"),),
    Material.EBOOK: (("856",),),
}


@dataclass(frozen=True)
class Remark:
    """One thing to look at: how grave, at which field (counted from 0, the leader is -1, the whole record None), and the sentence."""

    level: Level
    tag: str
    at: int | None
    kind: str
    sentence: str

    @property
    def blocks(self) -> bool:
        return self.level is Level.ERROR


def remarks_on(given: Record, *, before: Record | None = None) -> list[Remark]:
    """Everything to say about the record, the gravest first. An error that stood there ``before`` is only a warning now: who mends
    a comma must not be made to mend what somebody else left behind."""
    old = {(each.kind, each.tag, *sorted(each.facts.items())) for each in findings(before)} if before is not None else set()
    told = [_remark(given, each, known=(each.kind, each.tag, *sorted(each.facts.items())) in old) for each in findings(given)]
    if not has_title(given):
        told.insert(0, Remark(Level.ERROR, "245", None, "no_title", str(NO_TITLE())))
    return sorted([*told, *_missing(given)], key=lambda each: list(Level).index(each.level))


def _remark(given: Record, finding: Finding, *, known: bool) -> Remark:
    shape = {"tag_form", "control_with_subfields", "indicator_form", "code_form", "control_characters"}
    softened = known and finding.level is Level.ERROR and finding.kind not in shape
    facts: dict[str, Any] = {"tag": finding.tag, **finding.facts}
    if "label" in facts:
        facts["label"] = label_of(facts["label"])
    level = Level.WARNING if softened else finding.level
    return Remark(level, finding.tag, finding.at, finding.kind, str(SENTENCES[finding.kind]) % facts)


def _missing(given: Record) -> list[Remark]:
    """Fields that this kind of material usually has."""
    material, tags = material_of(given), {each.tag for each in given.fields}
    wanted: Sequence[tuple[str, ...]] = (*COMMON[1:], *USUAL.get(material, ()))
    part = material is Material.ARTICLE
    return [
        Remark(Level.WARNING, choice[0], None, "missing", str(SENTENCES["missing"]) % _facts_of(material, choice))
        for choice in wanted
        if not tags & set(choice) and not (part and choice[0] in {"264", "300"})
    ]


def _facts_of(material: Material, choice: tuple[str, ...]) -> dict[str, str]:
    defined = field_definitions().get(choice[0])
    label = label_of(defined.label) if defined else {"008": str(_("kode terbitan"))}.get(choice[0], "")
    return {"material": str(material.label).lower(), "tags": " / ".join(choice), "label": label}


def label_of(english: str) -> str:
    """The name of a field, subfield or place in the reader's language."""
    return name(english, (get_language() or "id")[:2])


__all__ = ["LEADER", "Remark", "label_of", "remarks_on"]
