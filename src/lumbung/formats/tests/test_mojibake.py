import pytest

from lumbung.formats.mojibake import mended


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("caf\u00c3\u00a9", "café"),
        ("Developer\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s library", "Developer\u2019s library"),
        ("Al-Qur\u00e2\u20ac\u2122an", "Al-Qur\u2019an"),
        ("Perpustakaan Pusat", "Perpustakaan Pusat"),
        ("naïve café", "naïve café"),
        ("القرآن الكريم", "القرآن الكريم"),
        ("ÂAB", "ÂAB"),
    ],
)
def test_text_read_in_the_wrong_encoding_is_mended_and_no_other(text: str, meant: str):
    assert mended(text) == meant
