"""What was written in capitals is readable again, and what was not stays as it was."""

import pytest

from lumbung.catalogue.domain.capitals import readable_name, readable_title


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("DR. SITI AMINAH, M.PD.", "Dr. Siti Aminah, M.Pd."),
        ("budi santoso", "Budi Santoso"),
        ("ABDULLAH BIN MUHAMMAD", "Abdullah bin Muhammad"),
        ("NUR'AINI", "Nur'aini"),
        ("Pradana, Mamik", "Pradana, Mamik"),
        ("H. Agus", "H. Agus"),
        ("SOEKARNO", "Soekarno"),
    ],
)
def test_a_name_in_capitals_is_written_as_its_bearer_would(text, told):
    assert readable_name(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "PENGARUH MODEL PEMBELAJARAN TERHADAP HASIL BELAJAR SISWA KELAS XI SMA DI MAKASSAR",
            "Pengaruh model pembelajaran terhadap hasil belajar siswa kelas XI SMA di Makassar",
        ),
        ("Mahligai Biru", "Mahligai Biru"),
        ("PHP", "PHP"),
        ("1984", "1984"),
    ],
)
def test_a_title_in_capitals_becomes_readable_and_keeps_names_and_abbreviations(text, told):
    assert readable_title(text) == told
