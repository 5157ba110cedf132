"""A decision in words: what holds, which rule says so, why it goes before others, and which would have said it otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lumbung.circulation.models import Loan, LoanKinds, Policy
from lumbung.circulation.models.rule import WHERE
from lumbung.circulation.queries.rules import Decision, rule_titled
from lumbung.circulation.queries.rulings import Ruling
from lumbung.circulation.queries.term_words import (
    OF_COPIES,
    OF_RENEWALS,
    TERMS,
    covered,
    label_of,
    loan_fee_words,
    renewal_fee_words_of,
    term_words,
    words_of,
)
from lumbung.kernel import clock
from lumbung.kernel.ui.words import number
from lumbung.organization.queries import library

CRITERION_WORDS: Mapping[str, str | Promise] = {
    "category": gettext_lazy("kategori anggota"),
    "unit": gettext_lazy("unit"),
    "faculty": gettext_lazy("fakultas"),
    "programme": gettext_lazy("program studi"),
    "age": gettext_lazy("umur"),
    "home": gettext_lazy("cabang asal anggota"),
    "material": gettext_lazy("jenis koleksi"),
    "item_type": gettext_lazy("jenis eksemplar"),
    "location": gettext_lazy("lokasi rak"),
    "new_for_days": gettext_lazy("eksemplar baru"),
    "in_demand": gettext_lazy("judul yang ditunggu"),
    "waiting": gettext_lazy("banyaknya pesanan"),
    "owner": gettext_lazy("cabang pemilik eksemplar"),
    "stands": gettext_lazy("cabang tempat eksemplar"),
    "branch": gettext_lazy("cabang peminjaman"),
    "is_renewal": gettext_lazy("perpanjangan"),
    "dates": gettext_lazy("tanggal"),
    "period": gettext_lazy("masa"),
    "weekdays": pgettext_lazy("many", "hari"),
    "loan_kind": gettext_lazy("cara meminjam"),
}


@dataclass(frozen=True)
class Told:
    """One term of a decision: what it is, which rule says so (None: nobody, so it is as usual) and through which package of terms, why
    that one, and the runner-up."""

    name: str
    label: str
    words: str
    ruling: Ruling | None
    because: str
    runner_up: Ruling | None
    runner_up_words: str
    package: str = ""


def explanation(found: Decision) -> list[Told]:
    """Every term people ask about, told, and whatever else a rule says here."""
    asked = [name for name in TERMS if name in found.said or term_words(name, found.policy)]
    told_with_them = {*OF_COPIES, *covered(asked)}
    return [_told(found, name) for name in [*asked, *(name for name in found.said if name not in told_with_them)]]


def explanation_of_copy(found: Decision | None) -> list[Told]:
    """What a rule says of the copy whoever has it, told; nothing where it is as usual."""
    return [_told(found, name) for name in OF_COPIES if name in found.said] if found else []


def policy_words(policy: Policy, kind: str = LoanKinds.NORMAL) -> list[str]:
    """The terms in a few plain phrases, for a receipt, a loan's page, a member. What is lent on site has no days and no renewals."""
    if not policy.may_borrow:
        return [_("Tidak dipinjamkan.")]
    names = (
        "loan_days", "loan_fee", "renewal_limit", "renewal_fee", "fine", "reminder_fees", "suspension_days", "recall_days", "recall_fine",
        "note",
    )  # fmt: skip
    told = (term_words(name, policy, kind) for name in names if kind != LoanKinds.ON_SITE or name not in OF_RENEWALS)
    return [each for each in told if each]


def loan_words(loan: Loan) -> list[str]:
    """The terms a loan was made under in a few plain phrases, and last which rule said how long, unless it is gone."""
    title = rule_titled(loan.policy.get("rule"))
    rule = [_("aturan “%(rule)s”") % {"rule": title}] if title else []
    return [*policy_words(loan.terms, loan.kind), *booked_words(loan), *rule]


def booked_words(loan: Loan) -> list[str]:
    """That a booking says when it is due: the member's own, or that of whoever has it next."""
    if until := loan.policy.get("booked_until"):
        return [_("menurut pesanan bertanggal, sampai %(day)s") % {"day": _day(until)}]
    if start := loan.policy.get("booked_from"):
        return [_("lebih pendek, karena dipesan anggota lain mulai %(day)s") % {"day": _day(start)}]
    return []


def _day(told: str) -> str:
    return date_format(date.fromisoformat(told), "j F Y")


def lending_fee_words(loan: Loan) -> str:
    """What borrowing it cost; nothing where it cost nothing."""
    return loan_fee_words(loan.terms)


def renewal_fee_words(loan: Loan) -> str:
    """What each renewal of it costs; nothing where it costs nothing."""
    return renewal_fee_words_of(loan.terms)


def said_words(ruling: Ruling) -> list[str]:
    """What the rule itself says, in a few plain phrases, and which package it names; what it leaves to other rules is not told."""
    own = {name: value for name, value in ruling.says.items() if not ruling.package_for(name)}
    package = [_("menurut paket “%(package)s”") % {"package": ruling.package}] if ruling.package else []
    return [*(words_of(own) if own else []), *package, *words_of_the_past(ruling.last_day)]


def words_of_the_past(last_day: date | None) -> list[str]:
    """That the day on which, exactly or at the latest, things come back is over, where it is."""
    is_over = last_day is not None and last_day < clock.today(library().zone)
    return [_("tanggal kembalinya sudah lewat dan tidak dipakai lagi")] if is_over else []


def case_words(ruling: Ruling) -> str:
    """What the rule speaks of: "kategori anggota, jenis eksemplar"; for one that speaks of nothing, that it is for everything."""
    if ruling.is_personal:
        return _("anggota ini saja")
    return ", ".join(str(CRITERION_WORDS[name]) for name in ruling.speaks_of) or _("berlaku umum")


def _told(found: Decision, name: str) -> Told:
    ruling, runner_up = found.said.get(name), found.runner_up(name)
    return Told(
        name=name,
        label=label_of(name),
        words=term_words(name, found.policy, found.case.kind),
        ruling=ruling,
        because=_why(found, ruling, runner_up),
        runner_up=runner_up,
        runner_up_words=term_words(name, Policy(**runner_up.says_on(found.case.day))) if runner_up else "",
        package=ruling.package_for(name) if ruling else "",
    )


def _why(found: Decision, ruling: Ruling | None, runner_up: Ruling | None) -> str:
    if ruling is None:
        return _("Tidak ada aturan yang mengaturnya.")
    if ruling.is_personal:
        return _("Ketentuan khusus seorang anggota mendahului semua aturan.")
    return _because(found, ruling, runner_up)


def _because(found: Decision, ruling: Ruling, runner_up: Ruling | None) -> str:
    if runner_up is None:
        return _("Satu-satunya aturan yang mengaturnya di sini.")
    if ruling.weight > runner_up.weight:
        more = [str(CRITERION_WORDS[name]) for name in ruling.speaks_of if name not in runner_up.speaks_of]
        told = {"weight": number(ruling.weight), "other": number(runner_up.weight), "criteria": ", ".join(more)}
        if more:
            return _("Lebih khusus: menyebut %(criteria)s (bobot %(weight)s, berikutnya %(other)s).") % told
        return _("Lebih berat (bobot %(weight)s, berikutnya %(other)s).") % told
    if ruling.speaks_of.get("category") != runner_up.speaks_of.get("category"):
        return _("Sama beratnya, tetapi kategorinya lebih dekat dengan kategori anggota.")
    if any(ruling.speaks_of.get(name) != runner_up.speaks_of.get(name) for name in WHERE):
        return _("Sama beratnya, tetapi cabangnya lebih dekat.")
    return _("Sama beratnya; yang lebih dahulu dibuat didahulukan.")
