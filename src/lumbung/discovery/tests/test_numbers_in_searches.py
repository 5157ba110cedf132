"""What may be a person's number is not kept, whatever stands beside it; years and the numbers of books and shelves are."""

import pytest

from lumbung.discovery.domain.numbers_in_searches import may_be_kept


@pytest.mark.parametrize(
    "words",
    [
        *("sejarah(1945-1949)", "sejarah1945-1949", "1945-1949", "1945–1949", "sejarah 1945 s.d. 1949", "sejarah 1945 1949"),
        *("tahun ajaran 2023/2024", "krisis 1997/98", "skripsi 2019", "2019", "COVID-19 2020-2021", "APBN 2020 2021"),
        *("UU 20 2003", "UU No. 20/2003", "permendikbud 53 2023", "ISO 9001:2015", "SNI 03-1726-2012", "iso27001"),
        *(
            "978-602-03-3295-6",
            "kalkulus 9786020332956",
            "ISBN9786020332956",
            "kalkulus 978 602 03 3295 6 2019",
            "0-13-443898-1",
        ),
        *("isbn 0134438981", "ISBN: 0134438981", "isbn10 0134438981", "097522980X", "kimia 097522980X"),
        *("ISSN 0126-1894", "jurnal 0126-1894", "issn01261894", "jurnal issn: 2049-3630"),
        *("658.4", "2X4.2", "2X4.2 ZUH f", "658.4 RAH m", "manajemen 658.4", "manajemen658.4", "338.9598", "305.895 jawa"),
        *("kalkulus edisi 12", "kalkulus edisi ke-12 2019", "cetakan3", "kalkulus jilid 1 2 3", "5th edition", "1001 malam"),
        *("kelas 10 dan 11", "windows 10 office 365 2024", "python 3.11", "B2B", "buku2", "C++", "dilan 1990", "minim 2019"),
    ],
)
def test_years_editions_and_the_numbers_of_books_and_shelves_are_kept(words: str) -> None:
    assert may_be_kept(words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "NIM 123456",
            "nim: 12345",
            "NIM. No 1234",
            "Budi 12345678",
            "12345678 budi",
            "14 361234 SA 17234",
            "14/361234/SA/17234",
        ),
        *("skripsi 14 3612 sa 17", "J0B018 012", "A11.2019.12345", "A11-2019-12345", "ani 2019 12345", "ani 201912345"),
        *("Budi 3374011203990001", "budi 3374 0112 0399 0001", "NIP 19850312 201001 1 003", "198503122010011003 slamet"),
        *("wa 081234567890", "ani 0812 3456 7890", "hubungi +62 812-3456-7890", "hp 0812.3456.7890", "ani (024) 8508081"),
        *("kartu 4716 1234 1890 2011", "2019 2020 2021 2022 2023", "kartu anggota 00123", "ani １２３４５６", "ani 12a34b56"),
        *(
            "ani@students.example.ac.id",
            "nim ani 19/UNNES/00123",
            "sejarah 1949-1945",
            "ani 12-03-1999",
            "kimia 978-602-03-3295-7",
        ),
        *("kimia 0134438981", "kimia 0812-34-567-8", "ani 0126-1895", "ani 123.456.789"),
        *("sari 812.345 678.9012", "budi 123.4567 123.4567", "nim saya 20213", "nomor anggota saya adalah 12345"),
        *("no hp budi 08123", "3201 budi 1501 santoso 9900 jaya 01"),
    ],
)
def test_what_may_be_a_persons_number_is_not_kept_beside_words_either(words: str) -> None:
    assert not may_be_kept(words)


@pytest.mark.parametrize("words", ["", "?!", "12345", "3", "602033295X"])
def test_numbers_that_say_nothing_alone_are_not_kept(words: str) -> None:
    assert not may_be_kept(words)
