"""What the member has on loan and owes, and keeping it longer. Nobody else's loans can be asked for."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.catalogue.models.volume import with_volume
from lumbung.circulation import queries
from lumbung.circulation.domain.loans import renew as renew_loan
from lumbung.circulation.models import Loan
from lumbung.circulation.queries.blocks import day_of
from lumbung.kernel.refusals import Refused
from lumbung.kernel.shortening import LABEL
from lumbung.kernel.ui.words import day, due, rupiah
from lumbung.members.domain.on_loan import titles_elsewhere
from lumbung.members.models import Member
from lumbung.messaging.chat import Answer, Asking, Command, Confirm, Cue, Offer, Outcome, Word, words_against
from lumbung.messaging.chat.words import number_in, plain

MOST = 10
ALL, SURE = "semua", "pasti"
_EVERYTHING = frozenset({"semua", "semuanya", "all", "seluruh", "seluruhnya", "everything"})


def loans(asking: Asking) -> Outcome:
    """What the member has, soonest due first; a number renews."""
    lent = list(queries.open_loans(asking.person)[: MOST + 1])
    if not lent:
        return _nothing_lent(asking.person)
    answer = _listed(lent, _("Pinjaman Kakak:"), _("Balas angkanya untuk memperpanjang, atau “perpanjang semua”."))
    return replace(answer, foot="\n".join([answer.foot, *_read_online(asking.person)]))


def renew(asking: Asking) -> Outcome:
    """Renew one, or all; asks which where there are several, and asks first where it was only guessed that this is wanted or where it
    costs something."""
    member: Member = asking.person
    lent = list(queries.open_loans(member)[: MOST + 1])
    if not lent:
        return _nothing_lent(member)
    what, _blank, sure = (asking.subject or asking.arguments).partition(" ")
    if asking.subject:
        lent = [each for each in lent if f"l{each.pk}" == what]
        if not lent:
            return Answer(
                _("Pinjaman itu sudah dikembalikan atau bukan pinjaman Kakak. Tulis “pinjaman” untuk melihat daftarnya.")
            )
    elif what not in _EVERYTHING and (what or len(lent) > 1):
        offers_all = _("Yang mana yang diperpanjang? Balas angkanya, atau “perpanjang semua”.")
        return _listed(lent, _("Pinjaman Kakak:"), offers_all)
    is_agreed = sure == SURE or (asking.certain and not _costs(lent))
    return _renewed(lent, member) if is_agreed else _confirmed(lent, ALL if what in _EVERYTHING else f"l{lent[0].pk}")


def fees(asking: Asking) -> Outcome:
    """What the member owes, what for, and how to pay it."""
    account = queries.standing(asking.person)
    lines = []
    if account.owed:
        lines.append(_("Yang harus dibayar: %(amount)s.") % {"amount": rupiah(account.owed)})
        for fee in queries.open_fees(asking.person)[:MOST]:
            title = f" · {fee.item.title_told}" if fee.item else ""
            lines.append(f"- {fee.get_kind_display()}{title}: {rupiah(fee.left)}")
        lines.append(
            _("Bayar di meja layanan %(branch)s, atau dari rumah lewat Saya → Biaya.") % {"branch": asking.person.branch}
        )
    else:
        lines.append(_("Tidak ada denda atau tunggakan. Terima kasih, Kak!"))
    if account.credit:
        lines.append(_("Saldo Kakak %(amount)s.") % {"amount": rupiah(account.credit)})
    if account.suspended_until:
        lines.append(_("Peminjaman ditangguhkan sampai %(day)s.") % {"day": day(account.suspended_until)})
    return Answer("\n".join(lines))


def _nothing_lent(member: Member) -> Answer:
    if online := _read_online(member):
        return Answer(_("Tidak ada buku cetak yang sedang Kakak pinjam."), foot="\n".join(online))
    return Answer(_("Tidak ada buku yang sedang Kakak pinjam."), (Offer(_("Cari buku"), "cari"),))


def _read_online(member: Member) -> list[str]:
    """What other parts lent, a line each under a heading; nothing where they lent nothing."""
    lent = titles_elsewhere(member, but="circulation")[:MOST]
    lines = [_("- %(title)s, sampai %(day)s") % {"title": each.title, "day": day(each.until)} for each in lent]
    return [_("Dibaca daring (tulis “pinjaman digital”):"), *lines] if lines else []


def _listed(lent: list[Loan], heading: str, foot: str) -> Answer:
    offers = tuple(
        Offer(
            with_volume(each.item.record.title, each.item.volume_told, most=LABEL),
            f"perpanjang l{each.pk}",
            _due(each),
            f"l{each.pk}",
        )
        for each in lent[:MOST]
    )
    return Answer(heading, offers, foot=foot)


def _due(loan: Loan) -> str:
    """When it is due, and what renewing it costs, if anything."""
    state, words = due(loan.due)
    exact = day_of(loan.due_at, loan.lent_from)
    told = _("kembali %(day)s") % {"day": exact}
    if state == "late":
        told = f"{words} · {_('seharusnya kembali %(day)s') % {'day': exact}}"
    return " · ".join(filter(None, [told, queries.renewal_fee_words(loan)]))


def _costs(lent: list[Loan]) -> int:
    """Rupiah to pay for renewing those of them that may be renewed."""
    if not any(each.terms.renewal_fee for each in lent):
        return 0
    blocks = queries.blocks_to_renew_each(lent)
    return sum(each.terms.renewal_fee for each in lent if not blocks[each.pk])


def _confirmed(lent: list[Loan], what: str) -> Confirm:
    lines = [_("Perpanjang ini, Kak?"), *(f"- {each.item.title_told} ({_due(each)})" for each in lent[:MOST])]
    if (cost := _costs(lent)) and len(lent) > 1:
        lines.append(_("Biayanya seluruhnya %(amount)s.") % {"amount": rupiah(cost)})
    return Confirm("\n".join(lines), f"perpanjang {what} {SURE}")


def _renewed(lent: list[Loan], member: Member) -> Answer:
    """Each is renewed, or told why not."""
    told, done = [], 0
    for each in lent:
        try:
            new = renew_loan(each, by=member.user)
        except Refused as refused:
            told.append(f"✗ {each.item.title_told}: {' '.join(str(reason) for reason in refused.reasons)}")
        else:
            done += 1
            line = _("✓ %(title)s: kembali %(day)s") % {
                "title": each.item.title_told,
                "day": day_of(new.due_at, new.lent_from),
            }
            told.append(" · ".join(filter(None, [line, queries.renewal_fee_words(new)])))
    heading = ngettext("%(n)d pinjaman diperpanjang.", "%(n)d pinjaman diperpanjang.", done) % {"n": done}
    return Answer("\n".join([heading if done else _("Maaf, Kak, belum dapat diperpanjang."), *told]))


def _which(words: list[Word]) -> str:
    said = {word.plain for word in words} | {word.raw for word in words}
    return ALL if said & _EVERYTHING else number_in(plain(words))


LOANS = Command(
    name="loans",
    words=("pinjaman", "pinjamanku", "loans", "my loans", "cek pinjaman"),
    title=gettext_lazy("Pinjaman saya"),
    run=loans,
    takes="saya|ku|aku|dong|kak",
    examples=("pinjaman saya", "kapan jatuh tempo buku saya"),
    needs_person=True,
    beside="(?:saya|ku|aku|dong|kak)?",
    cues=(
        Cue.of(6, r"(?:buku|apa)(?:nya)?(?: \w+){0,4} (?:yang )?(?:sedang |lagi )*saya (?:sedang |lagi )*(?:pinjam|dipinjam)"),
        Cue.of(
            6,
            r"(?:saya (?:sedang|lagi)|yang saya) pinjam(?: \w+){0,3}|jatuh tempo|tenggat|batas (?:waktu )?(?:kembali|pengembalian)",
        ),
        Cue.of(
            6,
            r"(?:kapan|tanggal berapa)(?: \w+){0,4} (?:kembalikan|dikembalikan|kembali|pengembalian)|(?:cek|lihat|daftar) pinjaman(?:ku)?",
        ),
        Cue.of(
            6,
            r"(?:on loan|(?:are|is)(?: \w+){0,3} due|my loans|my books due|(?:have i|did i|i have|ive) borrowed|due dates?)"
            r"|pinjaman ?(?:ku|saya|apa)",
        ),
    ),
    against=words_against("perpanjang|diperpanjang|perpanjangan|perpanjangin|perpanjangkan|extend|denda|lama|buka|tutup|libur"),
)
RENEW = Command(
    name="renew",
    words=("perpanjang", "perpanjangan", "renew"),
    title=gettext_lazy("Perpanjang pinjaman"),
    run=renew,
    takes=r"\d{1,2}|(?:l\d+|semua|all)(?: pasti)?",
    examples=("perpanjang 1", "perpanjang semua", "memperpanjang pinjaman", "perpanjangin buku"),
    acts=True,
    needs_person=True,
    beside=r"(?:\d{1,2}|l\d+|semua|all)?",
    counts="l",
    cues=(
        Cue.of(7, r"(?:mem|di)?perpanjang(?:an|kan|in|nya)?|renew\w*|extend|(?:nambah|tambah|menambah|tambahan)(?:in)? waktu"),
    ),
    against=words_against("kecuali|selain|except|kartu|anggota|keanggotaan|membership|sewa|loker"),
    argument_of=_which,
)
FEES = Command(
    name="fees",
    words=("denda", "dendaku", "tunggakan", "fines", "fees", "cek denda"),
    title=gettext_lazy("Denda dan biaya"),
    run=fees,
    takes="saya|ku|aku|dong|kak",
    examples=("denda saya berapa", "cek tunggakan"),
    needs_person=True,
    cues=(Cue.of(6, r"denda(?:nya|ku)?|tunggakan(?:nya|ku)?|fines?|owe|owing|overdue fees?|biaya keterlambatan"),),
    against=words_against(
        "hapus|hapuskan|salah|keliru|lunas|wrong|paid|sudah bayar|sudah dibayar|bebaskan|delete|hilang|rusak"
    ),
)
