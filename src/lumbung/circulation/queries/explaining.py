"""A decision in words: what holds, which rule says so, why it goes before others, and which would have said it otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from lumbung.circulation.models import ArticleScope, ClosedDays, FinePer, Loan, LoanKinds, Policy, ReturnTo
from lumbung.circulation.queries.hold_words import TERMS_OF_HOLDS, WORDS_OF_HOLDS
from lumbung.circulation.queries.rules import Decision, Ruling, rule_titled
from lumbung.kernel.ui.words import number, rupiah

CRITERION_WORDS: Mapping[str, str | Promise] = {
    "category": gettext_lazy("kategori anggota"),
    "unit": gettext_lazy("unit"),
    "faculty": gettext_lazy("fakultas"),
    "programme": gettext_lazy("program studi"),
    "age": gettext_lazy("umur"),
    "material": gettext_lazy("jenis koleksi"),
    "item_type": gettext_lazy("jenis eksemplar"),
    "location": gettext_lazy("lokasi rak"),
    "new_for_days": gettext_lazy("eksemplar baru"),
    "in_demand": gettext_lazy("judul yang ditunggu"),
    "waiting": gettext_lazy("banyaknya pesanan"),
    "branch": gettext_lazy("cabang"),
    "is_renewal": gettext_lazy("perpanjangan"),
    "dates": gettext_lazy("tanggal"),
    "period": gettext_lazy("masa"),
    "weekdays": pgettext_lazy("many", "hari"),
    "loan_kind": gettext_lazy("cara meminjam"),
}
TERMS: Mapping[str, str | Promise] = {
    "loan_days": gettext_lazy("Lama pinjam"),
    "loan_limit": gettext_lazy("Batas pinjaman"),
    "renewal_limit": gettext_lazy("Perpanjangan"),
    "loan_fee": gettext_lazy("Biaya pinjam"),
    "renewal_fee": gettext_lazy("Biaya perpanjangan"),
    "fine": gettext_lazy("Denda"),
    "suspension_days": gettext_lazy("Skors"),
    "lost_percent": gettext_lazy("Hilang"),
    "owed_limit": gettext_lazy("Batas tunggakan"),
    "hold_limit": gettext_lazy("Pesanan"),
    "holds_per_day": gettext_lazy("Pesanan sehari"),
    "holds_per_record": gettext_lazy("Pesanan tiap judul"),
    **TERMS_OF_HOLDS,
    "article_scope": gettext_lazy("Salinan artikel atau bab"),
}
"""The terms a person asks about; the others are told with them."""
OF_RENEWALS = frozenset({"renewal_limit", "renewal_fee"})
OF_COPIES: Mapping[str, str | Promise] = {"return_to": gettext_lazy("Sesudah kembali")}
"""The terms that hold for a copy whoever has it, told beside those of a case."""
NAMED_IN_LINES = frozenset(
    {"loan_limit", "owed_limit", "hold_limit", "holds_per_day", "holds_per_record", "lost_percent", "article_scope"}
)
"""Those whose words, standing in a line of others, would not say of what they are."""


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
    """Every term people ask about, told."""
    return [_told(found, name) for name in TERMS if name in found.said or term_words(name, found.policy)]


def explanation_of_copy(found: Decision | None) -> list[Told]:
    """What a rule says of the copy whoever has it, told; nothing where it is as usual."""
    return [_told(found, name) for name in OF_COPIES if name in found.said] if found else []


def policy_words(policy: Policy, kind: str = LoanKinds.NORMAL) -> list[str]:
    """The terms in a few plain phrases, for a receipt, a loan's page, a member. What is lent on site has no days and no renewals."""
    if not policy.may_borrow:
        return [_("Tidak dipinjamkan.")]
    names = ("loan_days", "loan_fee", "renewal_limit", "renewal_fee", "fine", "suspension_days", "recall_days", "recall_fine")
    told = (term_words(name, policy, kind) for name in names if kind != LoanKinds.ON_SITE or name not in OF_RENEWALS)
    return [each for each in told if each]


def loan_words(loan: Loan) -> list[str]:
    """The terms a loan was made under in a few plain phrases, and last which rule said how long, unless it is gone."""
    title = rule_titled(loan.policy.get("rule"))
    return [*policy_words(loan.terms, loan.kind), *([_("aturan “%(rule)s”") % {"rule": title}] if title else [])]


def lending_fee_words(loan: Loan) -> str:
    """What borrowing it cost; nothing where it cost nothing."""
    return _loan_fee(loan.terms)


def renewal_fee_words(loan: Loan) -> str:
    """What each renewal of it costs; nothing where it costs nothing."""
    return _renewal_fee(loan.terms)


def said_words(ruling: Ruling) -> list[str]:
    """What the rule itself says, in a few plain phrases, and which package it names; what it leaves to other rules is not told."""
    own = {name: value for name, value in ruling.says.items() if not ruling.package_for(name)}
    package = [_("menurut paket “%(package)s”") % {"package": ruling.package}] if ruling.package else []
    return [*(words_of(own) if own else []), *package]


def words_of(says: Mapping[str, Any]) -> list[str]:
    """Terms in a few plain phrases, those that people do not ask about by their number."""
    policy = Policy(**says)
    told = [_named_words(name, policy) for name in TERMS if name in says]
    if "loan_hours" in says:
        told.insert(0, _loan_days(policy))
    if not policy.may_borrow:
        told.insert(0, _loan_days(policy))
    if "fine_steps" in says:
        told.append(_fine(policy))
    told += [term_words(name, policy) for name in OF_COPIES if name in says]
    return [each for each in told if each] or [_("%(n)s ketentuan lain") % {"n": len(says)}]


def _named_words(name: str, policy: Policy) -> str:
    """One term in words that say by themselves of what they are: "batas pinjaman paling banyak 3"."""
    words = term_words(name, policy)
    return f"{str(TERMS[name]).lower()} {words}" if words and name in NAMED_IN_LINES else words


def case_words(ruling: Ruling) -> str:
    """What the rule speaks of: "kategori anggota, jenis eksemplar"; for one that speaks of nothing, that it is for everything."""
    return ", ".join(str(CRITERION_WORDS[name]) for name in ruling.speaks_of) or _("berlaku umum")


def _told(found: Decision, name: str) -> Told:
    ruling, runner_up = found.said.get(name), found.runner_up(name)
    return Told(
        name=name,
        label=str({**TERMS, **OF_COPIES}[name]),
        words=term_words(name, found.policy, found.case.kind),
        ruling=ruling,
        because=_because(found, ruling, runner_up) if ruling else _("Tidak ada aturan yang mengaturnya."),
        runner_up=runner_up,
        runner_up_words=term_words(name, Policy(**runner_up.says)) if runner_up else "",
        package=ruling.package_for(name) if ruling else "",
    )


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
    if ruling.speaks_of.get("branch") != runner_up.speaks_of.get("branch"):
        return _("Sama beratnya, tetapi cabangnya lebih dekat.")
    return _("Sama beratnya; yang lebih dahulu dibuat didahulukan.")


def term_words(name: str, policy: Policy, kind: str = LoanKinds.NORMAL) -> str:
    """One term in words, for this kind of loan; nothing where there is nothing to say."""
    if name == "loan_days" and kind == LoanKinds.ON_SITE and policy.may_borrow:
        return _("dibaca di tempat, sampai tutup")
    return _WORDS[name](policy)


def _loan_days(policy: Policy) -> str:
    if not policy.may_borrow:
        return _("tidak dipinjamkan")
    if policy.loan_hours is not None:
        said = ngettext("%(n)s jam", "%(n)s jam", policy.loan_hours) % {"n": policy.loan_hours}
    elif policy.loan_days is not None:
        said = ngettext("%(n)s hari", "%(n)s hari", policy.loan_days) % {"n": policy.loan_days}
    else:
        return ""
    if policy.closed_days == ClosedDays.SKIP:
        said = _("%(period)s buka") % {"period": said}
    if policy.due_by:
        said = _("%(period)s, paling lambat %(day)s") % {"period": said, "day": date_format(policy.due_by, "j F Y")}
    return said


def _at_most(limit: int | None) -> str:
    return "" if limit is None else _("paling banyak %(n)s") % {"n": limit}


def _renewals(policy: Policy) -> str:
    if not policy.renewal_limit:
        return _("tidak dapat diperpanjang")
    limit = policy.renewal_limit
    said = ngettext("%(n)s kali diperpanjang", "%(n)s kali diperpanjang", limit) % {"n": limit}
    if policy.renewal_days is not None:
        days = policy.renewal_days
        said += " " + ngettext("(masing-masing %(n)s hari)", "(masing-masing %(n)s hari)", days) % {"n": days}
    return _("%(renewals)s, otomatis") % {"renewals": said} if policy.auto_renew else said


def _loan_fee(policy: Policy) -> str:
    return _("biaya pinjam %(amount)s") % {"amount": rupiah(policy.loan_fee)} if policy.loan_fee else ""


def _renewal_fee(policy: Policy) -> str:
    return _("biaya perpanjangan %(amount)s") % {"amount": rupiah(policy.renewal_fee)} if policy.renewal_fee else ""


def _fine(policy: Policy) -> str:
    if policy.fine_steps:
        steps = (
            _("%(amount)s sejak hari ke-%(day)s") % {"amount": rupiah(amount), "day": day} for day, amount in policy.fine_steps
        )
        said = _("denda per hari: %(steps)s") % {"steps": ", ".join(steps)}
    elif policy.fine:
        said = _("denda %(amount)s %(per)s") % {"amount": rupiah(policy.fine), "per": FinePer(policy.fine_per).label}
    else:
        return ""
    if policy.grace_days:
        said += ", " + _("tenggang %(n)s hari") % {"n": policy.grace_days}
    if policy.fine_cap is not None:
        said += ", " + _("paling banyak %(amount)s") % {"amount": rupiah(policy.fine_cap)}
    return said


def _suspension(policy: Policy) -> str:
    if not policy.suspension_days:
        return ""
    said = _("skors %(n)s hari untuk tiap hari terlambat") % {"n": policy.suspension_days}
    if policy.suspension_cap:
        said += ", " + _("paling lama %(n)s hari") % {"n": policy.suspension_cap}
    return said


def _lost(policy: Policy) -> str:
    said = _("%(percent)s%% dari harga") % {"percent": policy.lost_percent}
    if policy.lost_copies:
        said += " " + _("atau %(n)s eksemplar judul yang sama") % {"n": policy.lost_copies}
    if policy.lost_after_days is not None:
        said += ", " + _("dianggap hilang sesudah terlambat %(n)s hari") % {"n": policy.lost_after_days}
    return said


def _owed(policy: Policy) -> str:
    return "" if policy.owed_limit is None else _("paling banyak %(amount)s") % {"amount": rupiah(policy.owed_limit)}


def _holds(policy: Policy) -> str:
    if not policy.hold_limit:
        return _("tidak dapat dipesan")
    said = _("paling banyak %(n)s, menunggu %(days)s hari buka") % {"n": policy.hold_limit, "days": policy.hold_days}
    return said if policy.hold_on_shelf else said + ", " + _("hanya bila tidak ada di rak")


def _articles(policy: Policy) -> str:
    if policy.article_scope == ArticleScope.NO:
        return _("tidak dilayani")
    said = [
        _("dengan menyebut jilid atau eksemplarnya") if policy.article_scope == ArticleScope.ITEM else _("dilayani"),
        _at_most(policy.article_limit),
        _("biaya %(amount)s") % {"amount": rupiah(policy.article_fee)} if policy.article_fee else "",
    ]
    return ", ".join(filter(None, said))


_WORDS: Mapping[str, Callable[[Policy], str]] = {
    "loan_days": _loan_days,
    "loan_limit": lambda policy: _at_most(policy.loan_limit),
    "renewal_limit": _renewals,
    "loan_fee": _loan_fee,
    "renewal_fee": _renewal_fee,
    "fine": _fine,
    "suspension_days": _suspension,
    "lost_percent": _lost,
    "owed_limit": _owed,
    "return_to": lambda policy: str(ReturnTo(policy.return_to).label).lower(),
    "hold_limit": _holds,
    "holds_per_day": lambda policy: _at_most(policy.holds_per_day),
    "holds_per_record": lambda policy: _at_most(policy.holds_per_record),
    **WORDS_OF_HOLDS,
    "article_scope": _articles,
}
