"""A term of the staff's own talking: twelve people, thirty sessions, what they decided, took on, tried and asked one another."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files

from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.kernel import clock
from lumbung.knowledge.domain import (
    actions,
    attendance,
    boards,
    consultations,
    hand_overs,
    ideas,
    incidents,
    minutes,
    sessions,
    surveys,
    talks,
)
from lumbung.knowledge.domain.agenda import add_point
from lumbung.knowledge.domain.audits import audit_knowledge
from lumbung.knowledge.domain.series import repeat
from lumbung.knowledge.models import Action, Community, Session
from lumbung.organization.queries import library
from lumbung.project.demonstration.learning import learn
from lumbung.project.demonstration.meeting import meet
from lumbung.project.demonstration.writing import begin_communities, write_and_use

COLLEAGUES = [
    ("dewi", "Dewi Lestari", Role.LIBRARIAN),
    ("agus", "Agus Prasetyo", Role.CIRCULATION),
    ("maya", "Maya Anggraini", Role.CATALOGUER),
    ("yusuf", "Yusuf Hidayat", Role.LIBRARIAN),
    ("lina", "Lina Marlina", Role.CIRCULATION),
    ("bambang", "Bambang Sutrisno", Role.CATALOGUER),
    ("fitri", "Fitri Handayani", Role.LIBRARIAN),
    ("hendra", "Hendra Gunawan", Role.VERIFIER),
]
RESULTS = (
    "Sudah dikerjakan dan dipakai sejak minggu itu",
    "Selesai, dan ditempel di ruang kerja",
    "Selesai, dan dibagikan kepada semua",
)
UNWRITTEN, UNAPPROVED = 4, 10
"""Sessions of so few days ago have no minutes yet, or minutes that nobody approved yet."""

People = Mapping[str, User]


def talk_and_write_down(chance: random.Random, today: date, *, by: User) -> None:
    """Thirty sessions of the last four months in three communities, two to come, what was decided, taken on, tried and asked, and the
    sixty articles, questions and thanks that came of it."""
    for username, name, role in COLLEAGUES:
        add_user(username=username, name=name, roles=[role], password=by, by=by)
    names = ["sari", "rina", "tono", "ratna", *(username for username, _, _ in COLLEAGUES)]
    people = {each.username: each for each in User.objects.filter(username__in=names)}
    groups = begin_communities(people, today)
    for row in _rows():
        _hold(row, people, groups.get(row[3].casefold()), chance, today)
    _end_some_actions(today)
    _plan_ahead(people, today)
    _have_ideas(people, today)
    _ask_one_another(people, chance, today)
    write_and_use(people, groups, today)
    learn(people, today)
    _look_ahead(people, today)
    meet(people, today)


def _rows() -> Iterator[list[str]]:
    text = files(__package__).joinpath("sessions.tsv").read_text(encoding="utf-8")
    return (line.split("|") for line in text.splitlines() if line and line[0] != "#")


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), library().zone)


def _hold(row: list[str], people: People, group: Community | None, chance: random.Random, today: date) -> None:
    """One session from its plan to its close, each step at its time."""
    ago, kind, who, topic, title, product, points, said = row
    day, lead = today - timedelta(days=int(ago)), people[who]
    starts = _moment(day, 7 if kind == "talk" else 10)
    with clock.stopped_at(starts - timedelta(days=3)):
        session = sessions.plan(
            title=title, kind=kind, topic=topic, starts_at=starts, minutes_long=15 if kind == "talk" else 60, place="Ruang rapat",
            expected_product=product, facilitator=lead, points=points.replace(";", "\n"), community=group, by=lead,
        )  # fmt: skip
        sessions.publish(session, by=lead)
    present = _those_who_came(lead, people, group, chance)
    with clock.stopped_at(starts + timedelta(hours=1)):
        attendance.enter_attendance(session, people=present, by=lead)
    if int(ago) > UNWRITTEN:
        _write_down(session, said, present, starts, approved=int(ago) > UNAPPROVED)


def _those_who_came(lead: User, people: People, group: Community | None, chance: random.Random) -> list[User]:
    """Of a community nearly everybody and a guest or two; of the house some."""
    inside = set(group.memberships.values_list("person", flat=True)) if group else set()
    others = [each for each in people.values() if each != lead]
    own = [each for each in others if each.pk in inside]
    rest = [each for each in others if each.pk not in inside]
    return [lead, *own, *chance.sample(rest, chance.randint(1, 2) if own else chance.randint(4, 8))]


def _write_down(session: Session, said: str, present: list[User], starts: datetime, *, approved: bool) -> None:
    lead, first = present[0], session.points.all()[0]
    words = said.replace("\\n", "\n")
    lines = [_dated(line, starts) for line in words.splitlines()]
    with clock.stopped_at(starts + timedelta(hours=4)):
        kept = minutes.propose(minutes.write(session, summary="", said={first.pk: "\n".join(lines)}, by=lead), by=lead)
    if approved:
        for each in present[1 : len(present) // 2 + 1]:
            with clock.stopped_at(starts + timedelta(days=1)):
                minutes.approve(kept, by=each)
        with clock.stopped_at(starts + timedelta(days=2)):
            sessions.close(session, product=session.expected_product, by=lead)


def _dated(line: str, starts: datetime) -> str:
    """The line with its “+7” made the day so many days later."""
    said, plus, days = line.rpartition(" +")
    return f"{said} {starts.date() + timedelta(days=int(days)):%d/%m/%Y}" if plus and days.isdigit() else line


def _end_some_actions(today: date) -> None:
    """Most of what was due is done; each seventh is still open, or was dropped."""
    for n, action in enumerate(Action.objects.filter(due_on__lt=today).order_by("pk"), start=1):
        if n % 7:
            with clock.stopped_at(_moment(action.due_on, 15)):
                dropped = n % 11 == 0
                result = "Tidak perlu lagi" if dropped else RESULTS[n % len(RESULTS)]
                actions.end(action, result=result, dropped=dropped, by=action.owner)


def _plan_ahead(people: People, today: date) -> None:
    """A discussion that comes round, a session to come, and the morning talk of every weekday."""
    lead = people["dewi"]
    coming = sessions.plan(
        title="Diskusi Senin", topic="Pelayanan", starts_at=_moment(_next_monday(today), 9), place="Ruang rapat",
        expected_product="Satu keputusan yang ditulis", points="Apa yang kita pelajari minggu ini\nTindakan yang terbuka", by=lead,
    )  # fmt: skip
    sessions.publish(coming, by=lead)
    repeat(coming, every_weeks=1, hosts=[people[name] for name in ("dewi", "sari", "yusuf", "fitri")], by=lead)
    draft = sessions.plan(title="Pelatihan pelestarian foto", kind="training", topic="Pelestarian", by=people["bambang"])
    add_point(draft, "Menyimpan negatif", by=people["bambang"])
    talks.change_plan(is_on=True, weekdays="01234", place="Ruang kerja", by=people["ratna"])
    with clock.stopped_at(clock.now() - timedelta(hours=20)):
        incidents.report("Printer struk meja satu mati", topic="Layanan", by=people["rina"])
        solved = incidents.report("Lampu rak 300 padam", text="Sejak sore.", topic="Layanan", by=people["lina"])
        incidents.solve(solved, recovery="Teknisi mengganti balast; cadangan ada di gudang.", by=people["agus"])


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _have_ideas(people: People, today: date) -> None:
    with clock.stopped_at(_moment(today - timedelta(days=70), 9)):
        issue = ideas.raise_issue("Pemustaka menunggu lama pada siang hari", tag="layanan", by=people["rina"])
        second = ideas.propose("Meja kedua pukul 11–13", issue=issue, by=people["agus"])
        ideas.propose("Antrean bernomor", issue=issue, by=people["lina"])
        for name in ("sari", "rina", "dewi", "lina"):
            ideas.vote(second, by=people[name])
        due = today - timedelta(days=40)
        taken = ideas.choose(
            second, owner=people["agus"], metric="menit antre", before=Decimal(14), due_on=due, by=people["sari"]
        )
    with clock.stopped_at(_moment(today - timedelta(days=38), 9)):
        ideas.begin_pilot(second, by=people["agus"])
        actions.end(taken, result="Meja kedua berjalan tiga minggu", by=people["agus"])
        ideas.adopt(second, after=Decimal(5), outcome="Antrean siang turun; diteruskan", by=people["sari"])
    with clock.stopped_at(_moment(today - timedelta(days=12), 9)):
        ideas.propose("Tur perpustakaan lima menit dalam video", tag="tik", by=people["yusuf"])
        ideas.vote(ideas.propose("Buku diantar saat gedung tutup", tag="krisis", by=people["fitri"]), by=people["dewi"])


def _ask_one_another(people: People, chance: random.Random, today: date) -> None:
    """A consultation that was decided, one that is open, a project, and two runs of the survey."""
    with clock.stopped_at(_moment(today - timedelta(days=50), 9)):
        asked = consultations.open_consultation(
            "Buka hari Minggu pada minggu ujian", closes_on=today - timedelta(days=40), by=people["lina"]
        )
        for name, choice in (("rina", "for"), ("agus", "for"), ("dewi", "abstain"), ("tono", "against")):
            consultations.cast_vote(asked, choice, by=people[name])
        consultations.comment(asked, "Setuju, asal bergiliran dan diganti hari libur.", by=people["agus"])
        reasons = "Mahasiswa kelas karyawan memerlukannya; dicoba pada dua minggu ujian."
        consultations.decide(asked, "accepted", reasons=reasons, by=people["ratna"])
    consultations.open_consultation("Ruang diam tanpa gawai", closes_on=today + timedelta(days=9), by=people["maya"])
    board = boards.begin(
        "Buletin akhir tahun", goal="Terbit sebelum libur", members=[people["yusuf"], people["maya"]], by=people["fitri"]
    )
    boards.move_task(
        boards.add_task(board, "Kumpulkan kabar", owner=people["maya"], by=people["fitri"]), "doing", by=people["maya"]
    )
    boards.write_draft(board, "Setahun di lumbung kita: apa yang kita pelajari bersama.", based_on=0, by=people["yusuf"])
    for title, ago, low in (("Awal tahun", 200, 2), ("Tengah tahun", 20, 3)):
        with clock.stopped_at(_moment(today - timedelta(days=ago), 9)):
            run = surveys.open_run(title, by=people["ratna"])
            for person in people.values():
                surveys.answer(
                    run, {key: chance.randint(low, 5) for key in run.questions.values_list("pk", flat=True)}, by=person
                )
            surveys.close_run(run, by=people["ratna"])


def _look_ahead(people: People, today: date) -> None:
    """A colleague will retire, and what only he knows is asked for."""
    opened = hand_overs.open_hand_over(
        people["bambang"], successor=people["maya"], last_day=today + timedelta(days=60), by=people["ratna"]
    )
    told = opened.items.all()[0]
    hand_overs.tell(told, told="Pagi: koran dan majalah. Siang: jilid. Sore: rak tertutup.", address="", by=people["bambang"])
    audit_knowledge(heads="Menjilid koran lama: Bambang Sutrisno\nSejarah koleksi langka: Bambang Sutrisno", by=people["ratna"])
