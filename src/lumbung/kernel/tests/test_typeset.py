"""Paper comes out of Typst with what the data say, and nothing they say is taken for markup."""

from lumbung.kernel.typesetting import pages, pdf

SOURCE = """#set page(width: 60mm, height: 40mm, margin: 4mm)
#let data = json(bytes(sys.inputs.data))
#for (number, title) in data.titles.enumerate() { if number > 0 { pagebreak() }; title }"""


def test_a_document_is_set_as_pdf_and_as_pictures_page_by_page() -> None:
    told = {"titles": ["Bumi manusia", "#panic() *tebal* $x$ \\ كتاب"]}
    assert pdf(SOURCE, told).startswith(b"%PDF-")
    drawn = pages(SOURCE, told)
    assert [page[:4] for page in drawn] == [b"\x89PNG"] * 2
