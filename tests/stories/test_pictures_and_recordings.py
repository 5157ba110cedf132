"""Scanned pages, interviews and lectures read here: near and far, with captions and chapters, aloud, from where one left off."""

import base64
import io
import math
import struct
import wave
from typing import Any

import pytest
from PIL import Image, ImageDraw

from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.models import File, Levels, Parts, Position
from lumbung.digital.tests.books import an_epub
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.members.models import Member
from lumbung.organization.tests.factories import LibraryFactory
from tests.stories.test_digital_reading import barriers, opened, sign_in, until

pytestmark = pytest.mark.django_db(transaction=True)

CHAPTERS = """WEBVTT

00:00.000 --> 00:20.000
Masa kecil

00:20.000 --> 00:40.000
Lumbung desa

00:40.000 --> 01:00.000
Panen raya
"""
CAPTIONS = """WEBVTT

00:00.000 --> 00:30.000
Saya lahir di desa.

00:30.000 --> 01:00.000
Lalu padi dipanen.
"""
VOICES = """
  window.said = [];
  const voices = [{name: 'Damayanti', lang: 'id-ID', voiceURI: 'damayanti'}, {name: 'Ava', lang: 'en-US', voiceURI: 'ava'}];
  let speaking = null;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.finish = () => { const one = speaking; speaking = null; one?.onend?.(); };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => voices, addEventListener: () => {}, cancel: () => { speaking = null; },
    speak: one => { speaking = one; window.said.push([one.text, one.voice?.name, one.rate]); },
  }});
"""
"""A device with two voices, which say a sentence until they are told that it is over."""


@pytest.fixture
def reader(ani: Member) -> Member:
    """Ani, who signs in by hand."""
    LibraryFactory()
    ani.user.set_password("rahasia")
    ani.user.save()
    return ani


def a_scan(words: str) -> bytes:
    picture = Image.new("RGB", (1600, 2200), "#f4ecd8")
    ImageDraw.Draw(picture).text((200, 300), words, fill="#222222", font_size=120)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


def a_recording(seconds: int = 60) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = [int(9000 * math.sin(n / 8000 * 440 * 2 * math.pi)) for n in range(8000)]
        sound.writeframes(struct.pack("<8000h", *tone) * seconds)
    return out.getvalue()


def a_film(page: Any) -> bytes:
    """A real film of two seconds, made by the browser itself."""
    page.goto("/")
    told = page.evaluate("""async () => {
      const canvas = document.createElement('canvas'); canvas.width = 160; canvas.height = 90;
      const pen = canvas.getContext('2d'); let n = 0;
      const drawing = setInterval(() => { pen.fillStyle = `hsl(${n += 9} 60% 50%)`; pen.fillRect(0, 0, 160, 90); }, 40);
      const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: 'video/webm'});
      const parts = []; recorder.ondataavailable = event => parts.push(event.data);
      const done = new Promise(over => recorder.onstop = over);
      recorder.start(); setTimeout(() => recorder.stop(), 2000); await done; clearInterval(drawing);
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(Array.from(bytes, each => String.fromCharCode(each)).join(''));
    }""")
    return base64.b64decode(told)


def told_of_place(page: Any) -> str:
    return page.inner_text("[data-place]")


@pytest.mark.requirement("R012")
def test_scanned_pages_are_looked_at_near_and_turned_by_keyboard_and_the_spot_is_kept(desktop: Any, reader: Member):
    record = a_record("Babad tulisan tangan")
    first, second = (a_file(record, a_scan(f"Lembar {n}"), f"lembar-{n}.jpg", level=Levels.MEMBERS) for n in (1, 2))
    a_file(record, a_scan("Rahasia"), "lembar-3.jpg", level=Levels.STAFF)
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    sign_in(desktop, "ani")
    opened(desktop, f"/files/{first.pk}/read")
    assert told_of_place(desktop) == "1 / 2 · 100 %"
    assert any(f"/iiif/3/{first.pk}/" in each and each.endswith(".jpg") for each in asked)
    with desktop.expect_response(lambda answer: answer.url.endswith("/reading") and answer.request.method == "POST"):
        desktop.keyboard.press("+")
        desktop.keyboard.press("+")
    until(desktop, "document.querySelector('[data-place]').textContent === '1 / 2 · 225 %'")
    [named] = Position.objects.get().locator["locations"]["fragments"]
    assert named.startswith("xywh=percent:")
    desktop.keyboard.press("PageDown")
    desktop.wait_for_url(f"**/files/{second.pk}/read")
    desktop.wait_for_selector("book-reader[data-ready]", state="attached")
    assert told_of_place(desktop) == "2 / 2 · 100 %"
    assert desktop.query_selector("a[data-next]") is None
    desktop.keyboard.press("c")
    assert desktop.locator("dialog[open] [data-list] a").count() == 2
    opened(desktop, f"/files/{first.pk}/read")
    until(desktop, "document.querySelector('[data-place]').textContent === '1 / 2 · 225 %'")


@pytest.mark.requirement("R012")
def test_a_scanned_page_fits_a_telephone_and_bars_nobody(phone: Any, reader: Member):
    file = a_file(a_record("Babad"), a_scan("Lembar 1"), "lembar.jpg")
    opened(phone, f"/files/{file.pk}/read")
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.click("[data-nearer]")
    until(phone, "document.querySelector('[data-place]').textContent === '1 / 1 · 150 %'")


def an_interview() -> tuple[File, File]:
    record = a_record("Wawancara petani")
    sound = a_file(record, a_recording(), "wawancara.wav")
    a_file(record, CHAPTERS.encode(), "bab.vtt", part=Parts.CONTENTS)
    return sound, a_file(record, CAPTIONS.encode(), "takarir.vtt", part=Parts.CAPTIONS)


@pytest.mark.requirement("R012")
def test_a_recording_has_its_chapters_and_goes_on_where_it_was_left_on_another_device(phone: Any, desktop: Any, reader: Member):
    sound, _captions = an_interview()
    sign_in(phone, "ani")
    opened(phone, f"/files/{sound.pk}/read")
    assert barriers(phone) == []
    phone.click('[data-open="contents"]')
    assert phone.locator("dialog[open] [data-list] a").all_inner_texts() == ["Masa kecil", "Lumbung desa", "Panen raya"]
    with phone.expect_response(lambda answer: answer.url.endswith("/reading") and answer.request.method == "POST"):
        phone.click("dialog[open] [data-list] a:has-text('Panen raya')")
    until(phone, "document.querySelector('[data-place]').innerText.startsWith('0:40 · Panen raya')")
    sign_in(desktop, "ani")
    opened(desktop, f"/files/{sound.pk}/read")
    until(desktop, "document.querySelector('audio').currentTime >= 40")
    desktop.keyboard.press("ArrowLeft")
    until(desktop, "Math.floor(document.querySelector('audio').currentTime) === 25")
    desktop.keyboard.press(" ")
    until(desktop, "!document.querySelector('audio').paused")
    desktop.keyboard.press(" ")
    until(desktop, "document.querySelector('audio').paused")


@pytest.mark.requirement("R012")
def test_a_recording_that_was_kept_is_heard_from_any_moment_without_a_connection(phone: Any, reader: Member):
    sound, _captions = an_interview()
    sign_in(phone, "ani")
    opened(phone, f"/files/{sound.pk}/read")
    until(phone, "navigator.serviceWorker.controller !== null")
    to_the_chapter(phone, "Panen raya", "0:40")
    phone.click('[data-open="looks"]')
    phone.click("dialog[open] [data-keep]")
    phone.wait_for_selector("book-reader[data-kept]")
    phone.context.set_offline(True)
    opened(phone, f"/files/{sound.pk}/read")
    to_the_chapter(phone, "Lumbung desa", "0:20")
    phone.keyboard.press("k")
    until(phone, "document.querySelector('audio').currentTime > 20.3")
    phone.keyboard.press("k")


def to_the_chapter(page: Any, title: str, begins: str) -> None:
    page.click('[data-open="contents"]')
    page.click(f"dialog[open] [data-list] a:has-text('{title}')")
    until(page, f"document.querySelector('[data-place]').innerText.startsWith('{begins} · {title}')")


@pytest.mark.requirement("R012")
def test_a_film_shows_its_captions_and_is_played_faster(desktop: Any, reader: Member):
    record = a_record("Film panen")
    film = a_file(record, a_film(desktop), "panen.webm")
    a_file(record, CAPTIONS.encode(), "takarir.vtt", part=Parts.CAPTIONS, label="Bahasa Indonesia")
    opened(desktop, f"/files/{film.pk}/read")
    desktop.keyboard.press("k")
    until(desktop, "document.querySelector('video').currentTime > 0.2")
    shown = desktop.evaluate(
        "(([track]) => [track.mode, track.label, track.activeCues[0]?.text])(document.querySelector('video').textTracks)"
    )
    assert shown == ["showing", "Bahasa Indonesia", "Saya lahir di desa."]
    desktop.click('[data-open="looks"]')
    desktop.fill("#laju", "1.5")
    until(desktop, "document.querySelector('video').playbackRate === 1.5")


@pytest.mark.requirement("R012")
def test_a_document_is_read_aloud_sentence_by_sentence_on_to_the_next_page(desktop: Any, reader: Member):
    file = a_file(a_record("Padi"), a_pdf("Padi tumbuh. Air naik.", "Panen tiba."))
    desktop.add_init_script(VOICES)
    opened(desktop, f"/files/{file.pk}/read")
    desktop.wait_for_selector(".leaf-words span", state="attached")
    desktop.click("[data-aloud]")
    desktop.wait_for_selector(".glow.said", state="attached")
    assert desktop.evaluate("said") == [["Padi tumbuh.", "Damayanti", 1]]
    desktop.click("[data-voice-toggle]")
    assert desktop.inner_text("[data-voice-toggle]") == "Lanjut"
    desktop.click("[data-voice-toggle]")
    desktop.evaluate("finish()")
    until(desktop, "said.length === 3")
    desktop.evaluate("finish()")
    until(desktop, "said.length === 4")
    assert [text for text, _voice, _rate in desktop.evaluate("said")] == [
        "Padi tumbuh.",
        "Padi tumbuh.",
        "Air naik.",
        "Panen tiba.",
    ]
    assert told_of_place(desktop) == "2 / 2"
    desktop.evaluate("finish()")
    until(desktop, "document.querySelector('[data-aloud]').getAttribute('aria-pressed') === 'false'")
    assert desktop.query_selector(".glow.said") is None


@pytest.mark.requirement("R012")
def test_a_book_is_read_aloud_in_the_voice_that_was_chosen_and_the_sentence_is_seen(desktop: Any, reader: Member):
    file = a_file(a_record("Padi"), an_epub("Padi tumbuh.\nAir naik.", "Panen tiba."), "padi.epub")
    desktop.add_init_script(VOICES)
    opened(desktop, f"/files/{file.pk}/read")
    desktop.click('[data-open="looks"]')
    desktop.select_option("#suara", "ava")
    desktop.click("dialog[open] [data-close]")
    desktop.keyboard.press("r")
    until(desktop, "said.length === 1")
    for count in (2, 3, 4, 5):
        desktop.evaluate("finish()")
        until(desktop, f"said.length === {count}")
    assert desktop.evaluate("said.map(each => each.slice(0, 2))") == [
        ["Bab 1", "Ava"],
        ["Padi tumbuh.", "Ava"],
        ["Air naik.", "Ava"],
        ["Bab 2", "Ava"],
        ["Panen tiba.", "Ava"],
    ]


@pytest.mark.requirement("R012")
def test_where_the_device_has_no_voice_there_is_no_button_to_read_aloud(desktop: Any, reader: Member):
    file = a_file(a_record("Padi"), a_pdf("Padi tumbuh."))
    desktop.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: {getVoices: () => []}})")
    opened(desktop, f"/files/{file.pk}/read")
    assert not desktop.is_visible("[data-aloud]")
