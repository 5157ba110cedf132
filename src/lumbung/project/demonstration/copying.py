"""Copies of articles and chapters at the demonstration library: who asked for which part, and how far each is."""

from datetime import timedelta
from typing import NamedTuple

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.circulation.domain.article_copies import Scan, fulfil_on_paper, fulfil_with_file
from lumbung.circulation.domain.articles import (
    cancel_request,
    expire_articles,
    hand_over,
    refuse_request,
    request_article,
    take_up,
)
from lumbung.circulation.domain.rules import change_rule
from lumbung.circulation.models import ArticleRequest, LoanRule
from lumbung.circulation.queries.article_blocks import Part, Receipt, Wish
from lumbung.kernel import clock
from lumbung.kernel.typesetting import pdf
from lumbung.members.models import Member
from lumbung.organization.models import Branch

PAYING, FREE = ("student", "final-year", "postgraduate"), ("lecturer", "staff")
FEE = 5_000
PAGE = """#let data = json(bytes(sys.inputs.data))
#set page(paper: "a5", margin: 2cm)
#set text(lang: "id")
= #data.part
#emph(data.work)

Halaman ini menggantikan hasil pindai: di perpustakaan peragaan tidak ada isi karya orang lain.

#lorem(220)"""
Purposes, Ways = ArticleRequest.Purposes, ArticleRequest.Ways


class Wanted(NamedTuple):
    """Who asked how many days ago for which part of which title; ``then`` tells how far it went, ``at`` the branch where paper waits."""

    who: str
    days: int
    work: str
    part: Part
    purpose: str
    then: str = ""
    at: str = ""
    why: str = ""


def _chapter(title: str, pages: str) -> Part:
    return Part(kind="chapter", title=title, pages=pages)


def _article(title: str, author: str, issue: str, pages: str, note: str = "") -> Part:
    return Part(kind="article", title=title, author=author, issue=issue, pages=pages, note=note)


POLITICS = _article("The languages of Indonesian politics", "Benedict R. O'G. Anderson", "No. 1, April 1966", "89–116")
MESSAGES = _article(
    "Notes on contemporary Indonesian political communication", "Benedict R. O'G. Anderson", "No. 16, Oktober 1973", "39–80"
)
WANTED = (
    Wanted(
        "Cut Meutia Zahra",
        40,
        "Prosedur penelitian: suatu pendekatan praktik",
        _chapter("Menentukan sampel", "130–146"),
        Purposes.WRITING,
        "expired",
    ),
    Wanted("Suparman", 26, "Prisma", _article("", "", "No. 6, 1977", "3–18"), Purposes.STUDY, "fetched", "PUSAT"),
    Wanted(
        "Budi Santoso",
        6,
        "Tempo",
        _article("", "", "Tahun 1971", "1–60", "Seluruh nomor pertama, bila boleh."),
        Purposes.RESEARCH,
        "refused",
        why="Yang boleh disalin hanya satu artikel, bukan satu nomor utuh. Sebutkan artikelnya, atau bacalah di lantai 3.",
    ),
    Wanted("Togar Hutabarat", 5, "Pengantar statistika", _chapter("Regresi linear", "340–361"), Purposes.STUDY, "cancelled"),
    Wanted(
        "Ni Made Ani Saraswati",
        4,
        "Statistika untuk penelitian",
        _chapter("Uji validitas", "348–366"),
        Purposes.WRITING,
        "made",
    ),
    Wanted("I Gede Wira Adnyana", 3, "Prisma", _article("", "", "No. 8, 1980", "21–34"), Purposes.REVIEW, "ready", "BALI"),
    Wanted("Slamet Riyadi, M.Pd.", 2, "Indonesia", MESSAGES, Purposes.RESEARCH, "begun"),
    Wanted("Ni Made Ani Saraswati", 1, "Indonesia", POLITICS, Purposes.STUDY),
    Wanted("Fransiska Simatupang", 1, "Psikologi umum", _chapter("Persepsi", "39–52"), Purposes.STUDY, at="PUSAT"),
    Wanted("Dr. Koesnadi Hardjo", 0, "Basis", _article("", "", "Tahun 1984", "162–170"), Purposes.REVIEW),
)


def set_terms_of_copies(*, by: User) -> None:
    """Who studies pays for a copy, who teaches or works here does not; children, alumni and strangers get none."""
    for rule in LoanRule.objects.filter(category__code__in=(*PAYING, *FREE)):
        fee = FEE if rule.category and rule.category.code in PAYING else 0
        change_rule(rule, article_scope="yes", article_limit=3, article_fee=fee, by=by)


def copy_articles(members: list[Member], *, by: User) -> None:
    """Ask for all of it and take each as far as it went, by the verbs, on its day."""
    named = {member.name: member for member in members}
    rina = User.objects.get(username="rina")
    for wanted in WANTED:
        member = named[wanted.who]
        with clock.stopped_at(clock.now() - timedelta(days=wanted.days)):
            asked = request_article(_wish(wanted), member=member, by=member.user or by)
        with clock.stopped_at(clock.now() - timedelta(days=max(wanted.days - 1, 0))):
            _go_on(asked, wanted, rina)
    expire_articles()


def _wish(wanted: Wanted) -> Wish:
    record = Record.objects.filter(title=wanted.work).order_by("pk")[:1].get()
    branch = Branch.objects.get(code=wanted.at) if wanted.at else None
    receipt = Receipt(way=Ways.PICKUP, branch=branch) if branch else Receipt(way=Ways.FILE)
    return Wish(record=record, part=wanted.part, receipt=receipt, purpose=wanted.purpose, agreed=True)


def _go_on(asked: ArticleRequest, wanted: Wanted, rina: User) -> None:
    """Rina takes it up, makes it or says why not."""
    if not wanted.then:
        return
    if wanted.then == "cancelled":
        cancel_request(asked, reason="Dibatalkan oleh anggota", by=rina)
    elif wanted.then == "refused":
        refuse_request(asked, reason=wanted.why, by=rina)
    else:
        take_up(asked, by=rina)
        _make(asked, wanted.then, rina)


def _make(asked: ArticleRequest, how: str, rina: User) -> None:
    if how in {"made", "expired"}:
        page = pdf(PAGE, {"part": asked.part, "work": asked.record.title})
        fulfil_with_file(asked, [Scan("pindai.pdf", page)], by=rina)
    elif how in {"ready", "fetched"}:
        fulfil_on_paper(asked, pages=14, by=rina)
    if how == "fetched":
        hand_over(asked, by=rina)
