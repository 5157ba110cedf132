"""Whether the places of digital files and the virus scanner answer, for ``lumbung doctor`` and those who look after them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from lumbung.digital.domain import places, scanning
from lumbung.digital.domain.recognising import languages_known
from lumbung.formats import clamd
from lumbung.kernel.health import Trouble


@dataclass(frozen=True)
class PlaceState:
    """A place, whether it is the second, how many contents wait for it, and what is wrong with it (empty: nothing)."""

    name: str
    is_second: bool
    waiting: int
    wrong: str


def states_of_places() -> list[PlaceState]:
    """Each place as it answers now."""
    first, copy = places.first(), places.second()
    waiting = len(places.waiting().kept()) if first.is_remote else 0
    states = [PlaceState(first.name, is_second=False, waiting=waiting, wrong=_wrong(first))]
    return states if copy is None else [*states, PlaceState(copy.name, is_second=True, waiting=0, wrong=_wrong(copy))]


def places_answer() -> Iterator[Trouble]:
    """Each place that does not answer or is lost, and what waits to be sent."""
    for state in states_of_places():
        if state.wrong:
            yield Trouble(
                _("Tempat berkas %(place)s tidak dapat dipakai: %(why)s") % {"place": state.name, "why": state.wrong},
                _("Pasang lagi disknya, atau periksa LUMBUNG_FILES_URL dan jaringannya. Yang sudah tersimpan tidak diubah."),
            )
        if state.waiting:
            yield Trouble(
                _("%(count)s isi berkas menunggu dikirim ke %(place)s.") % {"count": state.waiting, "place": state.name},
                _("Dikirim sendiri begitu tempat itu menjawab."),
                grave=False,
            )


def scanner_answers() -> Iterator[Trouble]:
    """The virus scanner, where one was named and does not answer."""
    try:
        if (asked := scanning.scanner()) is not None:
            asked.version()
    except clamd.Away as error:
        yield Trouble(
            _("Pemindai virus tidak menjawab: %(why)s") % {"why": error},
            _("Jalankan clamav-daemon, atau periksa LUMBUNG_CLAMD."),
        )


def recogniser_answers() -> Iterator[Trouble]:
    """The languages in which scanned pages are to be read, and which Tesseract does not read here."""
    wanted = set(settings.OCR.split("+")) - {""}
    if missing := wanted - (languages_known() if wanted else set()):
        yield Trouble(
            _("Tesseract tidak dapat membaca hasil pindai dalam bahasa: %(languages)s.")
            % {"languages": ", ".join(sorted(missing))},
            _("Pasang tesseract-ocr dan tesseract-ocr-<bahasa>, atau ubah LUMBUNG_OCR. Halaman pindaian belum dapat dicari."),
            grave=False,
        )


def _wrong(place: places.Place) -> str:
    try:
        place.ask()
    except OSError as error:
        return str(error)
    return ""
