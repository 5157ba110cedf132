"""What scholars' search engines read on the page of a thesis."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl
from xml.etree.ElementTree import fromstring

import pytest
import requests
from django.test import Client

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.discovery.referring import coins, highwire, open_graph, signposts
from lumbung.discovery.structured import structured
from lumbung.formats.citation import Kind, Name, Work
from lumbung.formats.marc import Field

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    more = [
        Field("100", "1", " ", [("a", "Aminah, Siti")]),
        Field("264", " ", "1", [("b", "Universitas Contoh"), ("c", "2020")]),
        Field("502", subfields=[("a", "Skripsi (S1) -- Universitas Contoh, 2020")]),
        Field("710", "2", " ", [("a", "Universitas Contoh"), ("b", "S1 Informatika")]),
    ]
    record = add_record(marc_of("Model antrean", *more), by=None)

    def read() -> str:
        return Client().get(f"/records/{record.pk}").content.decode()

    return record, read


def metas(html: str, name: str) -> list[str]:
    return re.findall(f'<meta name="{name}" content="([^"]*)">', html)


def test_a_thesis_names_its_author_its_university_and_the_pdf_that_anybody_may_have(page):
    record, read = page
    a_file(record, a_pdf("sampul"), part="cover")
    file = a_file(record)
    html = read()
    assert metas(html, "citation_author") == ["Aminah, Siti"]
    assert metas(html, "citation_dissertation_institution") == ["Universitas Contoh"]
    assert metas(html, "citation_dissertation_name") == ["Skripsi"]
    assert metas(html, "citation_pdf_url") == [f"http://testserver/files/{file.pk}/download"]


def test_a_thesis_has_signposts_to_its_name_its_citations_and_what_anybody_may_have(page):
    record, _read = page
    a_file(record, a_pdf("tutup"), level="members")
    file = a_file(record)
    links = requests.utils.parse_header_links(Client().get(f"/records/{record.pk}")["Link"])
    here = f"http://testserver/records/{record.pk}"
    assert [(each["rel"], each["url"], each.get("type")) for each in links] == [
        ("cite-as", here, None),
        ("type", "https://schema.org/AboutPage", None),
        ("type", "https://schema.org/Thesis", None),
        ("describedby", f"{here}/citation.ris", "application/x-research-info-systems"),
        ("describedby", f"{here}/citation.bib", "application/x-bibtex"),
        ("describedby", f"{here}/citation.json", "application/vnd.citationstyles.csl+json"),
        ("item", f"http://testserver/files/{file.pk}/download", "application/pdf"),
    ]


def test_a_work_is_cited_by_the_name_that_stays(db):
    named = a_record("Bumi manusia", Field("024", "7", " ", [("a", "https://repo.example/id/8sd"), ("2", "uri")]))
    [cited, *_rest] = requests.utils.parse_header_links(Client().get(f"/records/{named.pk}")["Link"])
    assert cited == {"url": "https://repo.example/id/8sd", "rel": "cite-as"}
    odd = a_record("Bumi manusia", Field("024", "7", " ", [("a", "https://repo.example/>; x=<"), ("2", "uri")]))
    [cited, *_rest] = requests.utils.parse_header_links(Client().get(f"/records/{odd.pk}")["Link"])
    assert cited["url"] == f"http://testserver/records/{odd.pk}"


def test_a_pdf_that_is_not_for_everybody_is_not_named(page):
    record, read = page
    a_file(record, level="members")
    assert metas(read(), "citation_pdf_url") == []


def test_a_book_names_no_pdf():
    record = a_record("Bumi manusia", Field("856", "4", "0", [("u", "https://repo.example/1.pdf")]))
    assert metas(Client().get(f"/records/{record.pk}").content.decode(), "citation_pdf_url") == []


def test_a_thesis_is_one_in_schema_org(page):
    _, read = page
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read())
    data = json.loads(told)
    assert (data["@type"], data["inSupportOf"], data["sourceOrganization"]["name"]) == (
        "Thesis",
        "Skripsi",
        "Universitas Contoh",
    )


def test_a_thesis_in_schema_org_leads_to_the_pdf_that_anybody_may_have_and_to_no_other(page):
    record, read = page
    closed = a_file(record, a_pdf("tutup"), level="members")
    (data,) = (json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', read()))
    assert ("encoding" in data, "isAccessibleForFree" in data) == (False, False)
    file = a_file(record, a_pdf("buka"))
    (data,) = (json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', read()))
    address = f"http://testserver/files/{file.pk}/download"
    assert data["encoding"] == [{"@type": "MediaObject", "contentUrl": address, "encodingFormat": "application/pdf"}]
    assert data["isAccessibleForFree"] is True
    assert f"/files/{closed.pk}/download" not in json.dumps(data)


class _Head(HTMLParser):
    """What a reference manager takes of a page: meta tags in their order, and COinS."""

    def __init__(self) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.coins: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "meta" and told.get("name", "").startswith("citation_"):
            self.metas.append((told["name"].removeprefix("citation_"), told["content"]))
        if tag == "span" and "Z3988" in told.get("class", "").split():
            self.coins.append(told["title"])


def test_a_reference_manager_reads_the_whole_thesis_from_the_page(page):
    record, read = page
    file = a_file(record)
    head = _Head()
    head.feed(read())
    assert head.metas == [
        ("title", "Model antrean"),
        ("author", "Aminah, Siti"),
        ("publication_date", "1980"),
        ("language", "id"),
        ("dissertation_institution", "Universitas Contoh"),
        ("dissertation_name", "Skripsi"),
        ("pdf_url", f"http://testserver/files/{file.pk}/download"),
    ]
    [context] = head.coins
    told = dict(parse_qsl(context))
    assert told["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dissertation"
    assert (told["rft.title"], told["rft.aulast"], told["rft.inst"], told["rft.degree"], told["rft.date"]) == (
        "Model antrean",
        "Aminah",
        "Universitas Contoh",
        "Skripsi",
        "1980",
    )


ARTICLE = Work(
    Kind.ARTICLE,
    title="Padi lokal",
    authors=[Name("Aminah", "Siti")],
    host="Jurnal Pertanian",
    volume="41",
    issue="2",
    pages="11–20",
    issn="1234-5679",
    doi="10.1234/jp.41.2",
    year=2020,
)


def test_an_article_says_where_in_its_journal_it_stands():
    told = dict(highwire(ARTICLE))
    assert (told["citation_journal_title"], told["citation_doi"]) == ("Jurnal Pertanian", "10.1234/jp.41.2")
    where = [told[f"citation_{name}"] for name in ("volume", "issue", "firstpage", "lastpage")]
    context = dict(parse_qsl(coins(ARTICLE)))
    assert where == [context[f"rft.{name}"] for name in ("volume", "issue", "spage", "epage")] == ["41", "2", "11", "20"]
    assert open_graph(ARTICLE) == "article"


def test_a_chapter_is_told_as_part_of_its_book_and_never_as_an_article_or_a_whole_book():
    chapter = Work(Kind.CHAPTER, title="Bab satu", host="Bunga rampai", pages="3-20", isbns=["9786022895336"])
    told, context = dict(highwire(chapter)), dict(parse_qsl(coins(chapter)))
    assert (told["citation_book_title"], told.get("citation_journal_title"), open_graph(chapter)) == (
        "Bunga rampai",
        None,
        "article",
    )
    assert (context["rft_val_fmt"], context["rft.genre"]) == ("info:ofi/fmt:kev:mtx:book", "bookitem")
    assert (context["rft.atitle"], context["rft.btitle"], context["rft.spage"]) == ("Bab satu", "Bunga rampai", "3")


@pytest.mark.parametrize(
    ("kind", "told"),
    [(Kind.BOOK, "book"), (Kind.EBOOK, "book"), (Kind.VIDEO, "video.other"), (Kind.THESIS, "article"), (Kind.MAP, "article")],
)
def test_only_a_whole_book_is_called_one_where_pages_are_shared(kind, told):
    assert open_graph(Work(kind, title="Padi")) == told


def test_of_a_work_in_many_files_ten_are_told_of_in_the_header_and_all_in_the_page():
    pdfs = [f"https://perpus.example/files/{number}/download" for number in range(60)]
    work = Work(Kind.THESIS, title="Naskah", url="https://perpus.example/records/1")
    assert signposts(work, names=[], kind="Thesis", described=[], pdfs=pdfs).count('rel="item"') == 10
    assert len([name for name, _ in highwire(work, pdfs=pdfs) if name == "citation_pdf_url"]) == 60


def test_a_reference_manager_takes_each_title_that_a_search_finds_whole(client: Client, indexed):
    more = [Field("700", "1", " ", [("a", "Laksmi")]), Field("020", subfields=[("a", "9786022895336")])]
    records = [a_record("Padi gogo", *more), a_record("Padi rawa")]
    indexed()
    page = client.get("/search?q=padi").text
    [server] = re.findall(
        '<link rel="unapi-server" type="application/xml" title="unAPI" href="http://testserver([^"]+)">', page
    )
    named = [int(each) for each in re.findall('<abbr class="unapi-id" title="([^"]+)"', page)]
    assert sorted(named) == [record.pk for record in records]
    offered = {each.get("name"): each.get("type") for each in fromstring(client.get(server).content)}
    assert offered == {"ris": "application/x-research-info-systems", "bibtex": "application/x-bibtex"}
    of_one = client.get(server, {"id": named[0]})
    assert (of_one.status_code, fromstring(of_one.content).get("id")) == (300, str(named[0]))
    taken = client.get(server, {"id": records[0].pk, "format": "ris"}, follow=True)
    assert "AU  - Laksmi\r\n" in taken.text
    assert "SN  - 9786022895336\r\n" in taken.text
    assert "@book{" in client.get(server, {"id": records[0].pk, "format": "bibtex"}, follow=True).text


@pytest.mark.parametrize(("asked", "status"), [({"id": "x"}, 404), ({"id": "9" * 40}, 404), ({"id": "", "format": "ris"}, 404)])
def test_what_no_title_is_called_is_not_found(client: Client, asked, status):
    assert client.get("/unapi", asked).status_code == status


def test_a_form_that_there_is_not_is_not_acceptable_and_a_hidden_title_not_found(client: Client):
    record = a_record("Padi gogo")
    assert client.get("/unapi", {"id": record.pk, "format": "mods"}).status_code == 406
    type(record).objects.filter(pk=record.pk).update(suppressed=True)
    assert client.get("/unapi", {"id": record.pk}).status_code == 404


def test_a_body_is_told_as_one_and_never_as_a_person_with_a_family_name():
    work = Work(Kind.BOOK, "Statistik padi", authors=[Name("Badan Pusat Statistik", is_body=True), Name("Aminah", "Siti")])
    context = dict(parse_qsl(coins(work)))
    assert (context["rft.aucorp"], context["rft.aulast"], context.get("rft.au")) == ("Badan Pusat Statistik", "Aminah", None)
    told = structured(work, language="id", copies=0, available=False, library="", picture="")
    assert told["author"] == [
        {"@type": "Organization", "name": "Badan Pusat Statistik"},
        {"@type": "Person", "name": "Siti Aminah"},
    ]


@pytest.mark.parametrize(("code", "tag"), [("ind", "id"), ("eng", "en"), ("dut", "nl"), ("min", "min"), ("und", None)])
def test_a_language_is_told_as_the_web_writes_it(code: str, tag: str | None):
    work = Work(Kind.BOOK, "Padi", language=code)
    told = structured(work, language=code, copies=0, available=False, library="", picture="")
    assert (told.get("inLanguage"), dict(highwire(work)).get("citation_language")) == (tag, tag)


def test_a_chapter_is_one_in_schema_org_and_part_of_its_book():
    chapter = Work(Kind.CHAPTER, "Bab satu", host="Bunga rampai", pages="3-20", isbns=["9786022895336"], doi="10.1/b")
    told = structured(chapter, language="id", copies=0, available=False, library="", picture="")
    assert (told["@type"], told["pagination"], told["sameAs"]) == ("Chapter", "3-20", "https://doi.org/10.1/b")
    assert told["isPartOf"] == {"@type": "Book", "name": "Bunga rampai", "isbn": ["9786022895336"]}
    assert "isbn" not in told
