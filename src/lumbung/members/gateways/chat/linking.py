"""Linking this chat to a library account by proof, and taking the link away."""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel.refusals import Reason
from lumbung.members.domain.channel_links import link_by_code, page_for, unlink
from lumbung.members.models import ChannelLink, Member
from lumbung.members.queries.channel_links import links_of
from lumbung.messaging.chat import Answer, Asking, Command, Confirm, Cue, Offer, Outcome, Word, sentences, words_against

_CODE = re.compile(r"[A-HJ-KM-NP-Z2-9]{4}[- ]?[A-HJ-KM-NP-Z2-9]{4}")


def link(asking: Asking) -> Outcome:
    """Take the code that was sent; without one, tell the two ways to prove who this is."""
    if asking.arguments:
        linked = link_by_code(asking.identity, asking.arguments)
        return sentences.refusal([linked]) if isinstance(linked, Reason) else _welcome(linked.member)
    if asking.person is not None:
        return Answer(
            _("Chat ini sudah terhubung dengan akun %(name)s. Untuk memutuskan, tulis “putuskan”.")
            % {"name": asking.person.name}
        )
    if asking.identity.is_group:
        return Answer(_("Grup tidak dapat dihubungkan, Kak. Hubungi saya lewat chat pribadi."))
    lines = [_("Agar pinjaman Kakak aman, buktikan dahulu ini akun Kakak:")]
    if settings.SITE_URL:
        page = f"{settings.SITE_URL}/my/channels/link/{page_for(asking.identity)}"
        lines.append(
            _("1. Buka tautan ini, masuk, lalu setujui (berlaku 30 menit; jangan diteruskan ke orang lain):\n%(page)s")
            % {"page": page}
        )
        lines.append(_("2. Atau buat kode di halaman Saya > Pengaturan > Chat, lalu kirim ke sini: “hubungkan KODE”."))
    else:
        lines.append(_("Buat kode di situs perpustakaan, Saya > Pengaturan > Chat, lalu kirim ke sini: “hubungkan KODE”."))
    lines.append(_("Belum menjadi anggota? Datang ke meja layanan dengan kartu identitas, atau tulis “petugas”."))
    return Answer("\n".join(lines))


def unlink_chat(asking: Asking) -> Outcome:
    """Take the link away; asks first unless it was asked for by name."""
    member: Member | None = asking.person
    standing = links_of(member).filter(identity=asking.identity).first() if member else None
    if standing is None:
        return Answer(_("Chat ini tidak terhubung dengan akun mana pun."))
    if not asking.certain:
        return Confirm(_("Putuskan chat ini dari akun %(name)s?") % {"name": standing.member.name}, "putuskan")
    unlink(standing, ended_by=ChannelLink.Ends.CHAT, by=standing.member.user)
    return Answer(_("Chat ini sudah diputuskan dari akun perpustakaan Kakak. Tulis “hubungkan” bila ingin kembali."))


def _welcome(member: Member) -> Answer:
    text = _("Terhubung, %(name)s! Sekarang Kakak dapat bertanya tentang pinjaman, pesanan, dan denda di sini.") % {
        "name": member.name
    }
    foot = _("Pemberitahuan lewat chat ini dinyalakan di Saya > Pengaturan > Chat. Untuk memutuskan: “putuskan”.")
    return Answer(text, (Offer(_("Pinjaman saya"), "pinjaman"), Offer(_("Kartu anggota"), "kartu")), foot=foot, aside=True)


def _code_in(words: list[Word]) -> str:
    """The code among the words; as people copy it, with its hyphen, a blank or neither."""
    joined = " ".join(word.raw for word in words).upper()
    found = next((found for found in _CODE.finditer(joined) if any(each.isdigit() for each in found[0])), None)
    return re.sub(r"[- ]", "", found[0]) if found else ""


_A_CODE = r"(?=.*\d)[a-hj-km-np-z2-9]{4}[- ]?[a-hj-km-np-z2-9]{4}"
LINK = Command(
    name="link",
    words=("hubungkan", "daftar", "link", "tautkan", "sambungkan", "kaitkan"),
    title=gettext_lazy("Hubungkan akun"),
    run=link,
    takes=_A_CODE,
    beside=_A_CODE,
    examples=("hubungkan", "menghubungkan akun", "daftarkan nomor ini"),
    acts=True,
    cues=(
        Cue.of(
            7,
            r"(?:meng?)?(?:hubung|daftar|kait|taut|sambung)(?:kan|in)?(?: \w+){0,2} (?:akun|nomor|wa|chat)(?: \w+)*"
            r"|link(?: \w+){0,2} account|connect(?: \w+){0,2} account|(?:daftar|registrasi|register)(?: \w+)? (?:anggota|member)",
        ),
    ),
    against=words_against("putus|putuskan|lepas|lepaskan|unlink|petugas|staf|manusia|turnitin|webinar|seminar|pustaka"),
    argument_of=_code_in,
)
UNLINK = Command(
    name="unlink",
    words=("putuskan", "putus", "unlink", "lepaskan"),
    title=gettext_lazy("Putuskan akun"),
    run=unlink_chat,
    examples=("putuskan akun", "lepaskan akun"),
    acts=True,
    listed=False,
    cues=(
        Cue.of(
            8,
            r"(?:putus|putuskan|lepas|lepaskan|cabut|unlink|disconnect)(?: \w+){0,2} (?:akun|account|hubungan|tautan|chat|nomor)(?: \w+)*",
        ),
    ),
)
