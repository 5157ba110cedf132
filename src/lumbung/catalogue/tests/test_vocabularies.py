"""Subject lists in SKOS come in like any import, and authorities leave as MARC 21 and SKOS."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rdflib import SKOS, Graph, Literal

from lumbung.catalogue.domain.authorities.exporting import export_authorities
from lumbung.catalogue.domain.imports import run_import, undo_import
from lumbung.catalogue.domain.imports.vocabularies import import_vocabulary
from lumbung.catalogue.models import Authority, AuthorityReference, ImportRun
from lumbung.formats.marc import read
from lumbung.formats.skos import Concept, read_skos, to_skos
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x.example/1> a skos:Concept ; skos:prefLabel "Tanaman pangan"@id, "Food crops"@en ; skos:narrower <http://x.example/2> .
<http://x.example/2> a skos:Concept ; skos:prefLabel "Padi"@id ; skos:altLabel "Beras" ; skos:broader <http://x.example/1> ;
  skos:related <http://x.example/3> ; skos:scopeNote "Tanamannya,\\n bukan nasinya"@id .
<http://x.example/3> a skos:Concept ; skos:prefLabel "Rice mills"@en .
<http://x.example/4> a skos:Concept ; skos:altLabel "Tanpa nama" .
"""
SAME = [Graph().parse(data=TURTLE, format="turtle").serialize(format=form).encode() for form in ("xml", "nt", "json-ld")]


@pytest.mark.parametrize("content", [TURTLE.encode(), *SAME])
def test_every_form_of_rdf_says_the_same(content) -> None:
    crops, rice, mills = read_skos(content)
    assert (crops.first("150").get("a"), crops.first("450").get("a")) == ("Tanaman pangan", "Food crops")
    assert [(each.get("w"), each.get("a")) for each in rice.all("550")] == [("g", "Tanaman pangan"), ("", "Rice mills")]
    assert (rice.first("450").get("a"), rice.first("680").get("i")) == ("Beras", "Tanamannya, bukan nasinya")
    assert (mills.first("150").get("a"), mills.first("024").get("a")) == ("Rice mills", "http://x.example/3")


@pytest.mark.django_db
def test_a_list_comes_in_refers_and_goes_as_a_whole() -> None:
    rehearsal = run_import(import_vocabulary(TURTLE.encode(), name="../tajuk.ttl", by=None, dry_run=True))
    assert (rehearsal.file_name, rehearsal.authorities_added, Authority.objects.count()) == ("tajuk.ttl", 3, 0)
    run = run_import(import_vocabulary(TURTLE.encode(), name="tajuk.ttl", by=None, dry_run=False))
    assert (run.authorities_added, run.rejected) == (3, 0)
    assert set(AuthorityReference.objects.values_list("authority__heading", "relation", "label")) == {
        ("Tanaman pangan", "narrower", "Padi"), ("Padi", "broader", "Tanaman pangan"), ("Padi", "related", "Rice mills"),
    }  # fmt: skip
    undo_import(run, by=None)
    assert not Authority.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"bukan RDF sama sekali", "vocabulary_unreadable"),
        (b"<?xml version='1.0'?><a><b></a>", "vocabulary_unreadable"),
        (b'{"@context": "http://x.example/context.jsonld", "@id": "a"}', "vocabulary_unreadable"),
        (b"{kaputt", "vocabulary_unreadable"),
        (b"<http://x.example/1> <http://x.example/p> <http://x.example/2> .", "file_empty"),
    ],
)
def test_what_is_no_subject_list_is_refused_and_nothing_is_fetched(content, code) -> None:
    with pytest.raises(Refused, match=code):
        import_vocabulary(content, name="x.ttl", by=None, dry_run=False)
    assert not ImportRun.objects.exists()


@pytest.mark.django_db
def test_authorities_leave_as_marc_and_skos() -> None:
    run_import(import_vocabulary(TURTLE.encode(), name="tajuk.ttl", by=None, dry_run=False))
    for form in ("iso2709", "marcxml", "marcjson"):
        file = b"".join(export_authorities(form, base="https://x.example/"))
        assert len([each.record for each in read(io.BytesIO(file)) if each.record]) == 3
    graph = Graph().parse(data=b"".join(export_authorities("skos", base="https://perpus.example/t/")), format="turtle")
    [rice] = graph.subjects(SKOS.prefLabel, Literal("Padi", lang="id"))
    [crops] = graph.objects(rice, SKOS.broader)
    assert graph.value(crops, SKOS.prefLabel) == Literal("Tanaman pangan", lang="id")
    assert str(rice).startswith("https://perpus.example/t/")
    assert b"".join(export_authorities("iso2709", kind="person", base="")) == b""


def test_whatever_a_heading_holds_becomes_turtle_that_can_be_read() -> None:
    odd = 'a "b" \\ c\nd\te \x00 é {x} <y>'
    text = "".join(to_skos([Concept(uri="https://x.example/a b<c>", label=odd, others=[odd])], scheme="https://x.example"))
    graph = Graph().parse(data=text, format="turtle")
    assert next(graph.objects(None, SKOS.prefLabel)).value == odd.replace("\x00", "")


@pytest.mark.django_db
def test_the_pages_take_a_list_in_and_give_it_out(client, sari, ani, budi, with_role, signed_in) -> None:
    pages = [reverse("catalogue:vocabulary"), reverse("catalogue:authority_export")]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    for user in (ani.user, budi.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403, 403]
    desk = signed_in(client, sari)
    wrong = desk.post(pages[0], {"file": SimpleUploadedFile("x.ttl", b"bukan"), "way": "import"})
    assert (wrong.status_code, "tidak terbaca sebagai SKOS" in wrong.content.decode()) == (422, True)
    desk.post(pages[0], {"file": SimpleUploadedFile("tajuk.ttl", TURTLE.encode()), "way": "import"})
    work_off()
    assert Authority.objects.count() == 3
    assert desk.get(pages[1]).status_code == 200
    assert b"Padi" in b"".join(desk.get(pages[1], {"form": "skos", "kind": "subject"}))


@pytest.mark.django_db
def test_a_list_that_goes_in_circles_is_refused_by_name() -> None:
    lines = ["@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."]
    for own, more in (("a", "broader"), ("b", "narrower"), ("c", "")):
        also = f" ; skos:{more} <http://x.example/{'b' if own == 'a' else 'c'}>" if more else ""
        back = " ; skos:broader <http://x.example/a>" if own == "b" else ""
        lines.append(f'<http://x.example/{own}> a skos:Concept ; skos:prefLabel "{own}"@id{also}{back} .')
    text = "\n".join(lines)
    with pytest.raises(Refused) as refused:
        import_vocabulary(text.encode(), name="x.ttl", by=None, dry_run=False)
    assert [each.facts["heading"] for each in refused.value.reasons] == ["a", "b"]
    assert "Rujukan melingkar" in str(refused.value.reasons[0])
