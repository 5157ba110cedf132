"""Places in publications, as Readium writes them, and manifests."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lumbung.formats.readium import PDF_PROFILE, BadLocator, Link, Locator, locator_of, manifest

parts = some.none() | some.floats(0, 1)
words = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
locators = some.builds(
    Locator,
    href=some.sampled_from(["pages/3", "OPS/chapter_001.xhtml#eop"]),
    media_type=some.sampled_from(["application/pdf", "application/xhtml+xml"]),
    title=words,
    fragments=some.lists(words, max_size=3).map(tuple),
    progression=parts,
    position=some.none() | some.integers(1, 9_999),
    total=parts,
    before=words,
    highlight=words,
    after=words,
)


@given(locators)
def test_a_locator_is_read_as_it_was_written(locator: Locator) -> None:
    assert locator_of(json.loads(json.dumps(locator.as_json()))) == locator


def test_a_locator_is_written_with_readiums_names() -> None:
    locator = Locator(
        href="c1.xhtml", media_type="application/xhtml+xml", progression=0.5, total=0.25, highlight="paus", fragments=("x",)
    )
    assert locator.as_json() == {
        "href": "c1.xhtml",
        "type": "application/xhtml+xml",
        "locations": {"fragments": ["x"], "progression": 0.5, "totalProgression": 0.25},
        "text": {"highlight": "paus"},
    }


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ([], "locator"),
        ({"type": "application/pdf"}, "href"),
        ({"href": "javascript:alert(1)", "type": "application/pdf"}, "href"),
        ({"href": "a", "type": "pdf"}, "type"),
        ({"href": "a\0", "type": "a/b"}, "href"),
        ({"href": "a", "type": "a/b", "locations": {"progression": 1.5}}, "progression"),
        ({"href": "a", "type": "a/b", "locations": {"progression": float("nan")}}, "progression"),
        ({"href": "a", "type": "a/b", "locations": {"totalProgression": "half"}}, "totalProgression"),
        ({"href": "a", "type": "a/b", "locations": {"position": 0}}, "position"),
        ({"href": "a", "type": "a/b", "locations": {"position": True}}, "position"),
        ({"href": "a", "type": "a/b", "locations": {"fragments": "page=1"}}, "fragments"),
        ({"href": "a", "type": "a/b", "text": "words"}, "text"),
    ],
)
def test_what_is_no_locator_is_told_by_its_property(told: object, wrong: str) -> None:
    with pytest.raises(BadLocator, match=wrong):
        locator_of(told)


def test_a_manifest_names_what_it_knows_and_nothing_else() -> None:
    told = manifest(
        profile=PDF_PROFILE,
        title="Skripsi",
        address="https://perpus.example/read/7/manifest.json",
        reading_order=[Link("file.pdf", "application/pdf")],
        facts={"language": "id", "author": "", "numberOfPages": 40},
    )
    assert told == {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {"title": "Skripsi", "conformsTo": PDF_PROFILE, "language": "id", "numberOfPages": 40},
        "links": [{"href": "https://perpus.example/read/7/manifest.json", "type": "application/webpub+json", "rel": ["self"]}],
        "readingOrder": [{"href": "file.pdf", "type": "application/pdf"}],
    }
