"""Copies of articles and chapters: how what was asked for stands, and the way to ask for one."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.models import Record
from lumbung.circulation.models import ArticleRequest, ArticleScope
from lumbung.circulation.queries.articles import article_decision, own_articles
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.refusals import ARTICLES_BY_NO_RULE
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.words import day, rupiah
from lumbung.members.models import Member
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Inquire, Offer, Outcome, Say, words_against
from lumbung.messaging.chat.words import word_set

MOST = 10
States = ArticleRequest.States


def requests(asking: Asking) -> Outcome:
    """What the member asked to have copied, latest first, and how each stands."""
    asked = list(own_articles(asking.person)[:MOST])
    if not asked:
        how = _("Tidak ada permintaan salinan, Kak. Cari judulnya, lalu balas “minta salinan 1”.")
        return Answer(how, (Offer(_("Cari buku"), "cari"),))
    lines = [f"- {each.part} ({each.record.title_told}): {state_line(each)}" for each in asked]
    return Answer("\n".join([_("Permintaan salinan Kakak:"), *lines, _at_home()]))


def state_line(asked: ArticleRequest) -> str:
    """How the request stands, in a few words."""
    until = day(asked.until) if asked.until else ""
    if asked.state == States.READY and asked.stored_file:
        said = _("dapat dibaca sampai %(day)s") % {"day": until}
        address = _address("self_service:article_file", asked.pk)
        return f"{said}, {address}" if address else said
    if asked.state == States.READY and asked.brought_on:
        told = {"place": asked.where, "day": day(asked.brought_on), "until": until}
        return _("dibawa ke %(place)s %(day)s, ambil paling lambat %(until)s") % told
    if asked.state == States.READY:
        return _("menunggu di %(place)s sampai %(until)s") % {"place": asked.where, "until": until}
    said = str(asked.get_state_display()).lower()
    if asked.state == States.REFUSED:
        return f"{said}: {asked.reason}"
    return f"{said} · {rupiah(asked.cost)}" if asked.cost else said


def ask(asking: Asking) -> Outcome:
    """The way to ask for a part of the title that was named: what it takes (the part, how it is received, what the law asks) is filled in
    on one page. Refuses what the member's rules do not let be copied."""
    key = asking.subject.removeprefix("r").partition("v")[0]
    if not key.isdigit():
        return _which_title(asking)
    record = Record.objects.listed().shown_to_public().filter(pk=key).first()
    if record is None:
        return Inquire(_("Judul itu tidak ada lagi. Judul apa yang Kakak cari?"), of="search")
    member: Member = asking.person
    found = article_decision(record, member, member.branch)
    if found is None or found.policy.article_scope == ArticleScope.NO:
        raise Refused(ARTICLES_BY_NO_RULE(rule=by_decision(found, "article_scope")))
    lines = [_("Satu artikel atau satu bab dari “%(title)s” dapat disalin untuk Kakak.") % {"title": record.title_told}]
    if found.policy.article_fee:
        lines.append(
            _("Biaya salinannya %(amount)s, ditagih bila sudah dibuat.") % {"amount": rupiah(found.policy.article_fee)}
        )
    address = _address("self_service:ask_article", record.pk)
    where = _("Sebutkan bagiannya dan keperluannya di %(address)s") % {"address": address}
    lines.append(where if address else _("Sebutkan bagiannya dan keperluannya di halaman judul itu di situs perpustakaan."))
    return Answer("\n".join(lines))


def _which_title(asking: Asking) -> Outcome:
    if asking.arguments.isdigit():
        return Answer(_("Nomor itu tidak ada di daftar terakhir, Kak. Cari dulu judulnya, misalnya “cari ekonomi mikro”."))
    if asking.arguments:
        return Say(f"cari {asking.arguments}")
    return Inquire(_("Artikel atau bab dari judul apa, Kak?"), of="search")


def _at_home() -> str:
    address = f"{settings.SITE_URL}/my" if settings.SITE_URL else ""
    return (
        _("Selengkapnya, juga untuk membatalkan: %(address)s") % {"address": address}
        if address
        else _("Selengkapnya, juga untuk membatalkan, di halaman Saya di situs perpustakaan.")
    )


def _address(page: str, key: int) -> str:
    return f"{settings.SITE_URL}{reverse(page, args=[key])}" if settings.SITE_URL else ""


REQUESTS = Command(
    name="copies",
    words=("permintaan", "permintaan saya", "permintaanku", "permintaan salinan", "my requests", "copy requests"),
    title=gettext_lazy("Permintaan salinan saya"),
    listed=False,
    run=requests,
    takes="saya|ku|aku|dong|kak",
    examples=("permintaan saya", "salinan saya sudah siap?"),
    needs_person=True,
    beside="(?:saya|ku|aku|dong|kak)?",
    cues=(
        Cue.of(7, r"(?:cek|lihat|status|daftar) (?:permintaan|salinan)|permintaan ?(?:saya|ku)|permintaan salinan"),
        Cue.of(7, r"(?:salinan|scan|fotokopi)(?: \w+){0,4} (?:sudah|siap|selesai)|my (?:copy |article |scan )?requests?"),
    ),
    against=words_against("usul|usulan|beli|pembelian|pengadaan|ruang|ruangan|kartu|hapus|data|batal|batalkan"),
)
ASK = Command(
    name="copy",
    words=("minta salinan", "salin", "request copy", "request a copy"),
    title=gettext_lazy("Minta salinan artikel atau bab"),
    listed=False,
    run=ask,
    takes=r"\d{1,2}|r\d+(?:v\w+?)?",
    free=True,
    examples=("minta salinan 2",),
    needs_person=True,
    counts="r",
    cues=(Cue.of(7, r"(?:minta|mintakan|buatkan|request)(?: a)? (?:salinan|fotokopi|copy)"),),
    against=words_against("kartu|ijazah|kunci|surat|bukti|struk|siap|sudah"),
    own_words=word_set("minta mintakan buatkan request salinan fotokopi copy artikel article bab chapter dari of"),
)
