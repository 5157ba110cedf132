"""Paper comes out of Typst with what the data say, and nothing they say is taken for markup."""

from pathlib import Path

from lumbung.kernel.typesetting import pages, pdf

SOURCE = """#set page(width: 60mm, height: 40mm, margin: 4mm)
#let data = json(bytes(sys.inputs.data))
#for (number, title) in data.titles.enumerate() { if number > 0 { pagebreak() }; title }"""


def test_a_document_is_set_as_pdf_and_as_pictures_page_by_page() -> None:
    told = {"titles": ["Bumi manusia", "#panic() *tebal* $x$ \\ كتاب"]}
    assert pdf(SOURCE, told).startswith(b"%PDF-")
    drawn = pages(SOURCE, told)
    assert [page[:4] for page in drawn] == [b"\x89PNG"] * 2


def resident() -> int:
    """MiB of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) // 256


def test_what_a_long_list_took_is_forgotten_once_it_is_set() -> None:
    table = "#let data = json(bytes(sys.inputs.data))\n#table(columns: 3, ..data.rows.flatten())"
    sizes = []
    for part in range(5):
        pdf(table, {"rows": [[f"{part}", f"B-{part}-{n}", f"Judul ke-{n} dari daftar {part}"] for n in range(1000)]})
        sizes.append(resident())
    assert sizes[-1] - sizes[1] < 80
