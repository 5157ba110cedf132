"""The findings about a record, by the definitions of MARC 21."""

import json

import pytest

from lumbung.formats.marc import read
from lumbung.formats.marc.checking import Level, findings
from lumbung.formats.marc.definitions import field_definitions, text_of_definitions
from lumbung.formats.marc.fixed_checking import fixed_findings
from lumbung.formats.marc.lines import from_lines

GOOD = """LDR 00000nam a2200000 c 4500
008 200520s1980    io            000 0 ind d
020 ## $a9789799731234
245 10 $aBumi manusia
100 1# $aToer, Pramoedya Ananta
"""


def told(lines, *, level=None):
    return [(each.kind, each.tag) for each in findings(from_lines(lines)) if level is None or each.level is level]


def with_008(**places):
    value = list("200520s1980    io            000 0 ind d")
    for place, text in places.items():
        start = int(place[1:])
        value[start : start + len(text)] = text
    return GOOD.replace("200520s1980    io            000 0 ind d", "".join(value))


def test_a_good_record_gives_nothing_to_say():
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("245 00 $aLagi", ("repeated", "245")),
        ("502 ## $bSkripsi$bTesis", ("subfield_repeated", "502")),
        ("300 ## $q1", ("subfield", "300")),
        ("264 #9 $aJakarta", ("indicator", "264")),
        ("500 ## $a", ("subfield_empty", "500")),
        ("020 ## $a9789799731235", ("isbn", "020")),
        ("020 ## $a979-97312-3-3 (sampul lunak)", ("isbn", "020")),
        ("022 ## $a1234-5678", ("issn", "022")),
        ("440 #0 $aSeri", ("obsolete_tag", "440")),
        ("110 2# $aBRIN", ("several_main_entries", "100, 110")),
        ("246 3# $6880-02$aX", ("pair_lost", "246")),
        ("006 a", ("length", "006")),
        ("007 !d", ("kind", "007")),
        ("500 ## $a" + "x" * 9_999, ("too_long", "500")),
    ],
)
def test_each_fault_has_its_finding(line, finding):
    assert finding in told(f"{GOOD}{line}\n")


def test_a_control_field_of_another_system_is_only_hinted_at():
    assert [level for level in Level if told(f"{GOOD}FMT BK\n", level=level)] == [Level.HINT]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("24A 00 $$", "no_subfields"),
        ("245 ?0 $aX", "indicator_form"),
        ("008 ## $aX", "control_with_subfields"),
        ("500 catatan tanpa subruas", "text_without_subfield"),
        ("599 catatan tanpa subruas", "text_without_subfield"),
        ("ini bukan ruas", "text_without_subfield"),
        ("500 ## $asatu{U+001F}bdua", "control_characters"),
        ("500 ## $\u0430tanda", "code_form"),
    ],
)
def test_what_no_file_could_carry_is_an_error(line, kind):
    assert kind in [each for each, _ in told(f"{GOOD}{line}\n", level=Level.ERROR)]


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        ({"p6": "x"}, "place"),
        ({"p0": "2005AB"}, "date_entered"),
        ({"p7": "    "}, "date_missing"),
        ({"p6": "m19901980"}, "dates_reversed"),
        ({"p6": "n1980    "}, "date_too_much"),
        ({"p33": "Q"}, "place"),
        ({"p24": "mmx "}, "place"),
    ],
)
def test_the_places_of_008_and_its_dates_are_looked_at(places, kind):
    assert [each for each, _ in told(with_008(**places))] == [kind]


@pytest.mark.parametrize("format_of_map", ["  ", "e ", "||", "|e", "or"])
def test_a_place_of_codes_of_one_character_takes_several(format_of_map):
    codes = f"230101s2023    io        a     0 {format_of_map}ind d"
    assert list(fixed_findings("008", codes, "00000nem a2200000 i 4500")) == []


def test_codes_of_008_depend_on_the_kind_of_material():
    serial = with_008(p18="mr p", p33=" 0").replace("00000nam", "00000nas")
    assert told(serial) == []
    assert {kind for kind, _ in told(with_008(p18="mr p"))} == {"place"}


@pytest.mark.parametrize(
    "leader", ["", "00000nam", "00000?am a2200000 c 4500", "00000nzm a2200000 c 4500", "00000nax a2200000 c 4500"]
)
def test_a_leader_that_says_nothing_is_an_error(leader):
    assert told(GOOD.replace("00000nam a2200000 c 4500", leader), level=Level.ERROR)


@pytest.mark.parametrize(
    ("title", "kinds"),
    [("245 00 $aBumi", ["title_after_main_entry"]), ("245 14 $aThe weaver", []), ("245 13 $aThe weaver", ["nonfiling"])],
)
def test_the_indicators_of_the_title_fit_the_record(title, kinds):
    assert [kind for kind, _ in told(GOOD.replace("245 10 $aBumi manusia", title))] == kinds


def test_local_and_unknown_tags_only_get_a_hint():
    found = findings(from_lines(GOOD + "952 ## $pB1\n59X ## $aX\n671 ## $aX\n"))
    assert [(each.level, each.kind) for each in found] == [
        (Level.HINT, "local_tag"),
        (Level.HINT, "local_tag"),
        (Level.HINT, "unknown_tag"),
    ]


def test_a_pair_in_another_script_is_whole():
    assert told(GOOD.replace("245 10 $a", "245 10 $6880-01$a") + "880 10 $6245-01/(3/r$aأرض البشر\n") == []


def test_the_national_printers_records_give_hardly_anything_to_say(shared_data):
    count = errors = 0
    with (shared_data / "marc/good/gpo-cmr-420.xml.gz").open("rb") as file:
        for entry in read(file):
            if entry.record is not None:
                count += 1
                errors += any(each.level is Level.ERROR for each in findings(entry.record))
    assert (count, errors) == (420, 2)  # a 006 that is too short


HOLDINGS_TAGS = (
    "842", "843", "844", "845", "852", "853", "854", "855", "856", "863", "864", "865", "866", "867", "868", "876", "877", "878",
)  # fmt: skip
HOLDINGS = """852 0# $81$bPUSAT$h050
853 20 $81$ajil.$bno.$u12$vr$i(tahun)$j(bulan)
854 20 $82$asupl.
855 ## $83$a(tahun)$oindeks sepuluh tahun
863 40 $81.1$a1-4$b1-12$i2001-2004$wg$xdibeli
864 41 $82.1$a7$oEdisi khusus
865 41 $83.1$a2001/2010$oIndeks$v2011-01
866 41 $81$aJil. 1-4
867 #0 $80$aSuplemen 7
868 #0 $80$aIndeks 2001/2010
842 ## $amikrofilm
843 ## $aMikrofilm$m1901-1910
844 ## $apeta
845 ## $aUntuk penelitian$5ID-Ju
876 ## $81.1$pB-9$a2004/17$cRp85.000,00$t2
877 ## $82.1$pB-10
878 ## $83.1$pB-11
"""


def test_holdings_in_the_record_of_a_title_give_nothing_to_say():
    assert told(GOOD + HOLDINGS) == []


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("853 40 $81$ajil.", ("indicator", "853")),
        ("853 20 $81$ajil.$avol.", ("subfield_repeated", "853")),
        ("855 20 $81$ajil.", ("indicator", "855")),
        ("855 ## $81$ajil.$2onixatc116", ("subfield", "855")),
        ("865 30 $81.1$a1", ("indicator", "865")),
        ("863 40 $81.1$a1$r2", ("subfield", "863")),
        ("876 1# $pB-9", ("indicator", "876")),
        ("878 ## $g1", ("subfield", "878")),
        ("867 ## $aSuplemen", ("indicator", "867")),
    ],
)
def test_each_fault_of_a_holdings_field_has_its_finding(line, finding):
    assert finding in told(f"{GOOD}{line}\n")


@pytest.mark.parametrize("tag", HOLDINGS_TAGS)
def test_a_holdings_field_is_told_and_explained_in_both_languages(tag):
    file, field = json.loads(text_of_definitions()), field_definitions()[tag]
    unsaid = [label for label in (field.label, *(label for label, _ in field.subfields.values())) if label not in file["words"]]
    assert (unsaid, [bool(text) for text in file["help"][tag]]) == ([], [True, True])


def test_each_place_may_say_once_what_a_holdings_record_says_once():
    second = "842 ## $akertas\n852 ## $82$bFT\n866 #0 $82$av.1-3\n"
    assert told(GOOD + HOLDINGS + second) == []
    assert told(GOOD + HOLDINGS + second + "842 ## $akulit\n") == [("repeated", "842")]


ELECTRONIC = """856 43 $3Bab 2$uhttps://x.example/bab-2.pdf$ghttps://doi.example/10.1/2$hhttp://mati.example/$lOpen Access$nTerbuka$rCC BY 4.0$tBoleh disalin$qapplication/pdf$qapplication/epub+zip$eid: x$70
856 44 $uhttps://x.example/bab-2.html
857 40 $bPerpusnas$cArsip Web Indonesia$d2019-2024$fLengkap$uhttps://arsip.example/2019/$hhttp://mati.example/$5ID-JkPN$70
"""  # fmt: skip # noqa: E501 -- lines of MARC


def test_what_was_added_to_electronic_addresses_since_2019_gives_nothing_to_say():
    assert told(GOOD + ELECTRONIC) == []


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("856 45 $uhttps://x.example", ("indicator", "856")),
        ("856 40 $b192.0.2.1$uhttps://x.example", ("obsolete_subfield", "856")),
        ("856 40 $70$71", ("subfield_repeated", "856")),
        ("857 00 $uhttps://x.example", ("indicator", "857")),
        ("857 40 $aarsip.example", ("subfield", "857")),
    ],
)
def test_each_fault_of_an_electronic_address_has_its_finding(line, finding):
    assert finding in told(f"{GOOD}{line}\n")


@pytest.mark.parametrize("tag", ["856", "857"])
def test_an_electronic_address_is_told_and_explained_in_both_languages(tag):
    file, field = json.loads(text_of_definitions()), field_definitions()[tag]
    labels = [field.label, *(label for label, _ in field.subfields.values()), *file["fields"][tag]["ind2"]["codes"].values()]
    assert ([each for each in labels if each not in file["words"]], [bool(text) for text in file["help"][tag]]) == (
        [],
        [True, True],
    )
