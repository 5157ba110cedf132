"""A library that leaves takes its headings, its crosswalk and its rules along, for Lumbung and for others."""

import io
import json

import pymarc
import pytest
from rdflib import Graph
from rdflib.namespace import SKOS

from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, new_authority_marc
from lumbung.catalogue.domain.authorities.establishing import add_authority
from lumbung.catalogue.domain.crosswalk.changes import set_pair
from lumbung.catalogue.domain.name_entry import change_name_rule
from lumbung.catalogue.models import HeadingKind
from lumbung.moving.domain.packing import pack

pytestmark = pytest.mark.django_db


def test_headings_and_rules_leave_in_open_forms(house, tmp_path):
    entry = AuthorityEntry(kind=HeadingKind.SUBJECT, heading="Perpustakaan", see=["Bibliotek"])
    add_authority(new_authority_marc(entry), by=None)
    set_pair("2X4.2", "297.27", "Muamalat", by=None)
    change_name_rule(order="last", by=None)
    package, manifest = pack(tmp_path)
    [heading] = pymarc.parse_xml_to_array(io.BytesIO((package / "records" / "tajuk.xml").read_bytes()))
    assert (heading["150"]["a"], heading["450"]["a"]) == ("Perpustakaan", "Bibliotek")
    concepts = Graph().parse(package / "records" / "tajuk.ttl")
    assert [str(each) for each in concepts.objects(predicate=SKOS.altLabel)] == ["Bibliotek"]
    assert "2X4.2,297.27,Muamalat" in (package / "tables" / "padanan-kelas.csv").read_text("utf-8-sig")
    kept = {name: manifest.rows[f"catalogue_{name}"] for name in ("authority", "classpair", "crosswalkchange", "namerule")}
    assert kept == {"authority": 1, "classpair": 1, "crosswalkchange": 1, "namerule": 1}
    assert json.loads((package / "rows" / "catalogue_namerule.jsonl").read_text())["order"] == "last"
