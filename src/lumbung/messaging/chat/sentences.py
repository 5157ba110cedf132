"""The sentences of the chat that belong to no command: refusals, who you are, a person will answer. One place for each."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.messaging.chat.others import Promise
from lumbung.messaging.chat.registry import Answer, Offer


def refusal(reasons: Iterable[Reason]) -> Answer:
    """Why it cannot be: every reason, one in a line."""
    told = [str(reason) for reason in reasons]
    lines = told if len(told) == 1 else [f"- {each}" for each in told]
    return Answer("\n".join([_("Maaf, Kak, belum bisa:"), *lines]), (Offer(_("Tanya petugas"), "petugas"),), aside=True)


def who_are_you() -> Answer:
    """For what only a member may ask. A number that somebody writes proves nothing."""
    text = _(
        "Untuk itu saya perlu yakin siapa Kakak. Nomor telepon atau NIM saja tidak cukup: hubungkan dahulu akun chat ini dengan"
        " akun perpustakaan, sekali saja."
    )
    return Answer(text, (Offer(_("Hubungkan"), "hubungkan"), Offer(_("Tanya petugas"), "petugas")), aside=True)


def not_done() -> Answer:
    return Answer(_("Baik, Kak, tidak jadi. Tidak ada yang diubah."))


def question_gone() -> Answer:
    return Answer(_("Pertanyaan itu sudah lewat, jadi tidak ada yang saya ubah. Silakan mulai lagi, Kak."))


def broken() -> str:
    return _("Maaf, Kak, ada gangguan di sistem kami.")


def handed(promise: Promise | None, first: str) -> Answer:
    """A person will answer: who, and by when, where that is known."""
    if promise is None:
        text = _("Pesan Kakak saya teruskan ke petugas perpustakaan. Jawabannya datang di sini.")
    elif promise.by is None:
        text = _("Pesan Kakak saya teruskan ke %(name)s. Jawabannya datang di sini.") % {"name": promise.name}
    else:
        told = {"name": promise.name, "by": moment(promise.by)}
        text = _("Pesan Kakak saya teruskan ke %(name)s. Dijawab di sini paling lambat %(by)s.") % told
    return Answer("\n".join(filter(None, [first, text])))


def nobody(first: str) -> Answer:
    """No person answers here: the library has not opened that part."""
    text = _("Maaf Kak, belum ada petugas yang menjawab lewat sini. Silakan hubungi perpustakaan langsung.")
    return Answer("\n".join(filter(None, [first, text])))


def language_set() -> Answer:
    return Answer(_("Baik, mulai sekarang saya menjawab dalam bahasa Indonesia."))


def yes() -> str:
    return _("Ya")


def no() -> str:
    return _("Tidak")


def moment(at: datetime) -> str:
    """Today, tomorrow or the day, and the time with its zone."""
    days = (at.date() - clock.now().astimezone(at.tzinfo).date()).days
    day = {0: _("hari ini"), 1: _("besok")}.get(days) or formats.date_format(at.date(), "D j M")
    return f"{day} {formats.time_format(at.timetz())} {at.tzname() or ''}".strip()
