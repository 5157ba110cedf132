"""Bebas pustaka at the demonstration library: students on their way to graduation, at every stage of it."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.circulation.models import FeeAccount, Loan
from lumbung.digital.domain.deposits.clearance import THESIS_PUBLISHED
from lumbung.kernel import clock
from lumbung.kernel.typesetting import pdf
from lumbung.members.domain.clearance.answering import decide
from lumbung.members.domain.clearance.applying import apply, give_file
from lumbung.members.domain.clearance.letters import issue, revoke
from lumbung.members.domain.clearance.periods import add_period
from lumbung.members.domain.clearance.purposes import create_default_purposes, set_condition
from lumbung.members.domain.privacy.consents import create_default_consents
from lumbung.members.models import ClearanceApplication, ClearanceCondition, Member
from lumbung.organization.domain.studies import add_programme, faculty_named
from lumbung.organization.models import StudyProgramme

SIGNERS = [{"name": "Dr. Ratna Wulandari, M.IP.", "role": "Kepala Perpustakaan", "number": "198005172008012003"}]
ADDRESS = "http://localhost/verify"
SHEET = '#set page(paper: "a5")\n= Lembar pengesahan\nContoh berkas yang diunggah pemohon. Nama dan tanda tangan rekaan.'
STEPS = ("applied", "sent", "refused", "ready", "ready", "issued", "issued", "issued", "revoked")
Kinds = ClearanceCondition.Kinds


def add_programmes(*, by: User) -> dict[str, StudyProgramme]:
    """Every line of ``programmes.tsv``; by level and name, "S1 Keperawatan"."""
    text = files(__package__).joinpath("programmes.tsv").read_text(encoding="utf-8")
    rows = csv.reader((line for line in text.splitlines() if line and line[0] != "#"), delimiter="|")
    added = [
        add_programme(code=code, level=level, name=name, faculty=faculty_named(faculty), by=by)
        for code, level, name, faculty in rows
    ]
    return {str(each): each for each in added}


def graduate(members: list[Member], today: date, *, by: User) -> None:
    """Some students of a programme apply for the next graduation: Ani still has books, and a thesis that her programme wants published;
    others wait for a verdict, for their letter, or have it; one letter was revoked."""
    wisuda = create_default_purposes(by=by, place="Yogyakarta", signers=SIGNERS)[0]
    if programme := members[0].programme:
        set_condition(wisuda, kind=Kinds.AUTOMATIC, check_code=THESIS_PUBLISHED.code, programmes=[programme], by=by)
    create_default_consents()
    add_user(username="fajar", name="Fajar Nugroho", roles=[Role.VERIFIER], password=by, by=by)
    first_day, last_day = today - timedelta(days=14), today + timedelta(days=20)
    period = add_period(name="Wisuda ke-52", purpose=wisuda, first_day=first_day, last_day=last_day, by=by)
    steps = iter(STEPS)
    apply(wisuda, members[0], period=period, by=members[0].user)
    for member in _with_nothing_open(members[1:]):
        step = next(steps, None)
        if step is None:
            return
        with clock.stopped_at(clock.now() - timedelta(days=5)):
            _walk(apply(wisuda, member, period=period, by=by), step, by)


def _with_nothing_open(members: list[Member]) -> Iterator[Member]:
    """The students among them who have no book and owe nothing."""
    borrowers = set(Loan.objects.open().values_list("member", flat=True))
    debtors = set(FeeAccount.objects.filter(owed__gt=0).values_list("member", flat=True))
    return (each for each in members if each.programme_id and each.pk not in borrowers | debtors)


def _walk(application: ClearanceApplication, step: str, by: User) -> None:
    """Take the application as far as the step: a file sent, refused, everything accepted, the letter issued or revoked."""
    if step == "applied":
        return
    for condition in application.purpose.conditions.exclude(kind=Kinds.AUTOMATIC):
        if condition.kind == Kinds.UPLOAD:
            give_file(application, condition, name="lembar-pengesahan.pdf", content=pdf(SHEET, {}), by=by)
            if step == "refused":
                decide(application, condition, accepted=False, reason="Tanda tangan pembimbing belum ada.", by=by)
        if step in {"ready", "issued", "revoked"}:
            decide(application, condition, accepted=True, by=by)
    if step in {"issued", "revoked"}:
        letter = issue(application, address=ADDRESS, by=by)
        if step == "revoked":
            revoke(letter, reason="Judul tugas akhir pada lembar pengesahan keliru; surat baru menyusul.", by=by)
