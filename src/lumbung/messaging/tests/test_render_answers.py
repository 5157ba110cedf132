"""An answer in the form of a channel: nothing is lost between buttons, lists and plain text, and nothing is longer than it may be."""

from hypothesis import given
from hypothesis import strategies as st

from lumbung.kernel.shortening import shortened, width
from lumbung.messaging.channels import Limits
from lumbung.messaging.chat.registry import Answer, Offer
from lumbung.messaging.chat.rendering import MOST_PARTS, rendered, split
from lumbung.messaging.replies import Picture

TELEGRAM = Limits(text=4096, choices=100, choice_label=64, data_bytes=64, media={"png": 10_000_000}, caption=1024)
WHATSAPP = Limits(
    text=4096,
    choices=3,
    choice_label=20,
    rows=10,
    row_label=24,
    row_about=72,
    data_bytes=200,
    media={"png": 5_000_000},
    caption=1024,
)
SMS = Limits(text=459)
YES_NO = Answer("Perpanjang?", (Offer("Ya", "ya 1a2b"), Offer("Tidak", "tidak")))
FOUND = Answer(
    "Ada 34 judul.",
    tuple(Offer(f"Ekonomi mikro untuk perguruan tinggi {n}", f"buku r{n}", "tersedia 1", f"r{n}") for n in range(1, 6)),
    foot="Balas angkanya.",
)


def test_two_choices_are_buttons_where_there_are_buttons_and_numbers_where_there_are_none():
    for limits in (TELEGRAM, WHATSAPP):
        [said] = rendered(YES_NO, limits)
        assert (said.text, [(each.label, each.say) for each in said.choices]) == (
            "Perpanjang?",
            [("Ya", "ya 1a2b"), ("Tidak", "tidak")],
        )
    [said] = rendered(YES_NO, SMS)
    assert (said.text, said.choices) == ("Perpanjang?\n\n1. Ya\n2. Tidak\n\nBalas dengan angkanya.", ())


def test_what_was_found_is_told_in_the_text_and_tapped_by_number_or_opened_as_a_list():
    text = (
        "Ada 34 judul.\n\n"
        + "\n".join(f"{n}. Ekonomi mikro untuk perguruan tinggi {n}\n   tersedia 1" for n in range(1, 6))
        + "\n\nBalas angkanya."
    )
    [telegram], [whatsapp], [sms] = (rendered(FOUND, limits) for limits in (TELEGRAM, WHATSAPP, SMS))
    assert telegram.text == whatsapp.text == sms.text == text
    assert [each.label for each in telegram.choices] == ["1", "2", "3", "4", "5"]
    assert whatsapp.choices[0].label == "1. Ekonomi mikro untuk…"
    assert [each.say for each in whatsapp.choices] == [f"buku r{n}" for n in range(1, 6)]
    assert all(width(each.label) <= 24 for each in whatsapp.choices)
    assert sms.choices == ()


def test_a_choice_that_says_more_than_a_button_carries_is_a_number():
    [said] = rendered(Answer("Mana?", (Offer("Ini", "cari " + "x" * 80),)), TELEGRAM)
    assert said.choices == ()
    assert "1. Ini" in said.text


def test_a_picture_goes_with_its_words_and_is_told_in_words_where_there_are_no_pictures():
    card = Answer("Kartu Ani.", picture=Picture(b"png", "png", "Nomor kartu: K1"))
    [said] = rendered(card, WHATSAPP)
    assert (said.text, said.picture) == ("Kartu Ani.", card.picture)
    assert [each.text for each in rendered(card, SMS)] == ["Kartu Ani.\n\nNomor kartu: K1"]


@given(st.text(max_size=3000), st.integers(min_value=20, max_value=500))
def test_whatever_the_text_every_piece_fits_and_there_are_few(text: str, most: int):
    pieces = split(text, most)
    assert len(pieces) <= MOST_PARTS
    assert all(width(piece) <= most for piece in pieces)
    if width(text) <= most:
        assert pieces == [text.strip()]


@given(st.text(max_size=100), st.integers(min_value=0, max_value=60))
def test_what_is_shortened_fits(text: str, most: int):
    assert width(shortened(text, most)) <= most


def test_long_text_is_parted_between_paragraphs_and_words():
    assert split("satu dua tiga\n\nempat lima enam", 20) == ["satu dua tiga", "empat lima enam"]
    assert split("satu dua tiga empat", 10) == ["satu dua", "tiga empat"]
