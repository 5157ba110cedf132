"""The budget of a first view: 60 KB of HTML, style and script, gzipped; 150 KB in all. And the basics of access."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

import lumbung.kernel
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db

BUILT = Path(lumbung.kernel.__file__).parent / "static" / "lumbung"
KB = 1024


@pytest.fixture
def pages(client: Client, indexed) -> dict[str, str]:
    for number in range(25):
        record = catalogued(
            f"Metode penelitian kuantitatif {number}", "Sugiyono", subject="Penelitian", classification=f"00{number % 10}"
        )
        ItemFactory(record=record)
    indexed()
    return {path: client.get(path).text for path in ("/", "/search?q=metode", f"/records/{record.pk}", "/accounts/login/")}


def test_a_first_view_is_light(pages: dict[str, str]) -> None:
    if not (BUILT / "lumbung.css").exists():
        pytest.skip("the browser bundle is not built")
    files = sum(len(gzip.compress((BUILT / name).read_bytes())) for name in ("lumbung.css", "islands.js"))
    pictures = sum((BUILT / name).stat().st_size for name in ("kawung.svg", "barn.svg", "mark.svg"))
    for path, page in pages.items():
        first = files + len(gzip.compress(page.encode()))
        assert first < 60 * KB, f"{path} takes {first} bytes"
        assert first + pictures < 150 * KB


def test_no_page_has_a_script_or_style_in_it(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page), path
        assert all("src=" in tag or "application/ld+json" in tag for tag in re.findall(r"<script[^>]*>", page)), path


class Outline(HTMLParser):
    """Headings, landmarks, and controls without a name."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.inside_label = 0
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        if identity := has.get("id"):
            self.ids.append(identity)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in {"main", "header", "footer"}:
            self.landmarks.append(tag)
        if tag == "label":
            self.inside_label += 1
            self.labelled.add(has.get("for") or "")
        if tag in {"input", "select", "textarea"} and has.get("type") != "hidden" and not self.inside_label:
            self.controls.append(has)
        if tag == "img":
            assert "alt" in has

    def handle_endtag(self, tag: str) -> None:
        self.inside_label -= tag == "label"


def test_pages_have_one_heading_landmarks_and_names_for_every_control(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        outline = Outline()
        outline.feed(page)
        assert outline.headings.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)), path
        assert outline.landmarks == ["header", "main", "footer"], path
        assert len(outline.ids) == len(set(outline.ids)), path
        assert all(has.get("aria-label") or has.get("id") in outline.labelled for has in outline.controls), path
        assert '<a class="skip" href="#isi">' in page
