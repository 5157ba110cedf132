"""What the demonstration's staff wrote down of their term: communities, sixty articles in every state, questions, use and thanks."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import NamedTuple

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.knowledge.domain import communities, people, questions, sessions, training
from lumbung.knowledge.domain.agenda import bring_up
from lumbung.knowledge.domain.articles import approving, compiling, reusing, sharing
from lumbung.knowledge.domain.articles.writing import Text, revise, start_article
from lumbung.knowledge.domain.attendance import enter_attendance
from lumbung.knowledge.domain.topics import topic_called
from lumbung.knowledge.models import Article, Community, Expertise, Session, SessionMinutes, Topic
from lumbung.knowledge.queries.communities import regularity
from lumbung.organization.queries import library

Staff = Mapping[str, User]

COMMUNITIES = [
    ("Sahabat meja depan", "practice", "sari", ["agus", "rina", "lina", "dewi"], ["Sirkulasi", "Layanan", "Pelayanan"]),
    ("Dapur katalog", "practice", "tono", ["maya", "bambang"], ["Katalogisasi", "Pelestarian"]),
    ("Menulis bersama", "writing", "fitri", ["yusuf", "dewi", "hendra", "ratna"], ["Literasi informasi", "Repositori"]),
]
GOALS = [("Lima SOP meja depan ditinjau", 5, 3), ("Tidak ada lagi judul ganda dari impor", 1, 0), ("Enam tulisan terbit", 6, 6)]
QUIZZES = {
    "Memperpanjang pinjaman": (
        "Kapan pinjaman tidak dapat diperpanjang?",
        ["Bila dipesan orang lain", "Pada hari Senin", "Selalu"],
    ),
    "Mengurus surat bebas pustaka": ("Siapa yang menerbitkan suratnya?", ["Sistem, bila syarat lengkap", "Kepala", "Fakultas"]),
    "Mendengar sebelum menjawab": ("Apa yang dilakukan sebelum mencari?", ["Mengulang dengan kata sendiri", "Menebak"]),
}
GUIDES = {"circulation:desk": "Membuka meja kedua pada siang hari", "desk:inbox": "Mendengar sebelum menjawab"}
USED = [
    ("lina", "Perpanjangan lewat telepon", 30, "Penelepon tidak hafal NIM; judul buku dan tahun masuk sudah cukup."),
    ("rina", "Mesin mandiri macet", 26, "Kertasnya memang habis; selesai dalam dua menit."),
    ("agus", "Meja luring saat jaringan putus", 22, "Daftar yang perlu diputuskan ternyata kosong."),
    ("hendra", "Mendengar sebelum menjawab", 18, "Ternyata yang dicari bukan surat, melainkan tanggal wisuda."),
    ("maya", "Menyimpan foto dan negatif", 12, "Pensil 2B lebih jelas daripada pensil keras."),
    ("dewi", "Mengatur rak pesanan", 6, "Bagaimana bila pemesannya dosen tamu?"),
]
ASKED = [
    (
        "lina",
        True,
        "Bolehkah saya menolak denda yang menurut saya tidak adil?",
        "Sirkulasi",
        "sari",
        "Boleh mengusulkan; kepala yang memutuskan.",
    ),
    ("rina", False, "Di mana kunci lemari struk?", "Layanan", "agus", "Di laci kedua meja satu, dalam amplop cokelat."),
    ("maya", True, "Apa bedanya edisi dan cetakan?", "Katalogisasi", "tono", "Cetakan mengulang; edisi mengubah isi."),
    ("agus", False, "Siapa yang boleh membuka embargo?", "Repositori", "yusuf", "Penulis bersama pembimbingnya, tertulis."),
    (
        "hendra",
        True,
        "Bagaimana bila suratnya salah nama?",
        "Bebas pustaka",
        "dewi",
        "Perbaiki data anggotanya, lalu terbitkan lagi.",
    ),
    ("fitri", False, "Adakah alat peraga untuk kelas kecil?", "Literasi informasi", "", ""),
    ("lina", True, "Apa yang saya katakan kepada orang yang marah?", "Pelayanan", "", ""),
]
THANKED = [
    ("sari", "lina", "Menjaga meja sendirian saat semua rapat", "rescuer"), ("dewi", "bambang", "Mengajari kami menjilid", "teacher"),
    ("maya", "tono", "Menjelaskan ruas 245 tiga kali tanpa mengeluh", "teacher"),
    ("agus", "yusuf", "SOP yang langsung dapat dipakai", "writer"),
    ("ratna", "fitri", "Menghubungkan kami dengan fakultas", "bridge"), ("rina", "agus", "Mengganti kabel sebelum diminta", ""),
]  # fmt: skip


COURSES = [
    (
        "Wawancara rujukan",
        "librarian",
        "Bertanya balik sebelum mencari",
        "Mendengar\nBertanya balik\nMenutup dengan janji",
        2,
        "",
    ),
    (
        "Memimpin rapat yang singkat",
        "leadership",
        "Mengakhiri rapat dengan keputusan dan pemilik",
        "Agenda\nWaktu\nKeputusan",
        3,
        "",
    ),
    ("Percakapan yang sulit", "teamwork", "Menyela dengan sopan", "Mendengar\nMenyela\nBerdamai", 4, "Menenangkan orang"),
]


class Written(NamedTuple):
    """A line of ``articles.tsv``."""

    ago: str
    owner: str
    form: str
    topic: str
    fate: str
    title: str
    summary: str
    body: str

    def moment(self, today: date, *, later: int = 0) -> datetime:
        return at(today - timedelta(days=max(1, int(self.ago) - later)))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), library().zone)


def begin_communities(staff: Staff, today: date) -> dict[str, Community]:
    """Three groups, begun before the term; by the topic of a session, whose it is."""
    by_topic: dict[str, Community] = {}
    with clock.stopped_at(at(today - timedelta(days=125))):
        for (name, kind, lead, others, topics), (goal, wanted, reached) in zip(COMMUNITIES, GOALS, strict=True):
            known = [topic_called(each, by=staff[lead]) for each in topics]
            group = communities.start_group(name, kind=kind, topics=known, by=staff[lead])
            for other in others:
                communities.join(group, by=staff[other])
            aim = communities.set_goal(group, goal, wanted=wanted, by=staff[lead])
            communities.move_goal(aim, reached, by=staff[lead])
            by_topic |= dict.fromkeys(map(str.casefold, topics), group)
    return by_topic


def write_and_use(staff: Staff, groups: Mapping[str, Community], today: date) -> None:
    """The articles and what became of them; then questions, thanks, and what all of it shows of people."""
    rows = [Written(*line.split("|")) for line in _lines()]
    topics = {each.name: each for each in Topic.objects.all()}
    topics |= {name: topic_called(name, by=staff["sari"]) for name in {each.topic for each in rows} - set(topics)}
    for row in rows:
        _write(row, staff, topics[row.topic], groups, today)
    made = {each.title: each for each in Article.objects.all()}
    _learn_from(made, staff, today)
    _round_the_spiral(staff, made, today)
    _ask(staff, topics, today)
    _thank(staff, today)
    _train(staff, today)
    for group in set(groups.values()):
        if regularity(group).is_regular:
            communities.become_community(group, by=staff["sari"])
    people.propose_expertise()
    for each in Expertise.objects.select_related("person").filter(weight__gte=10):
        people.answer_expertise(each, is_mine=True, by=each.person)


def _lines() -> list[str]:
    text = files(__package__).joinpath("articles.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]


def _write(row: Written, staff: Staff, topic: Topic, groups: Mapping[str, Community], today: date) -> None:
    """One article as far as its fate goes."""
    owner = staff[row.owner]
    with clock.stopped_at(row.moment(today)):
        text = Text(row.title, row.summary, row.body.replace("\\n", "\n"))
        article = start_article(text, form=row.form, topics=[topic], by=owner)
        if row.fate in {"draft", "mentor"}:
            if row.fate == "mentor":
                sharing.share(article, "mentor", mentor=staff["dewi" if row.owner != "dewi" else "ratna"], by=owner)
            return
        circle = row.fate if row.fate in {"community", "public"} else "staff"
        sharing.share(article, circle, community=groups.get(row.topic.casefold()) if circle == "community" else None, by=owner)
        approving.submit(article, by=owner)
    approver = staff["sari" if row.owner != "sari" else "dewi"]
    with clock.stopped_at(row.moment(today, later=2)):
        if row.fate == "back":
            approving.send_back(
                article, because="Sebutkan syarat tambahannya satu per satu, jangan “lihat lembar”.", by=approver
            )
        elif row.fate != "submitted":
            until = today - timedelta(days=12) if row.fate == "overdue" else today + timedelta(days=365 - int(row.ago))
            _end(row, approving.approve(article, review_on=until, by=approver), owner, approver, today)


def _end(row: Written, article: Article, owner: User, approver: User, today: date) -> None:
    """What came after the approval: a better version after a remark, or the archive."""
    if row.fate == "revised":
        with clock.stopped_at(row.moment(today, later=20)):
            said = reusing.remark(article, "Siapa yang memeriksa bila meja dibuka oleh petugas lain?", by=approver)
            text = Text(article.title, article.summary, f"{article.body}\nSiapa pun yang membuka meja memeriksanya.\n")
            revise(article, text, based_on=article.version, note="Menjawab tanggapan", by=owner)
            reusing.settle(said, by=owner)
            approving.submit(article, by=owner)
            approving.approve(article, review_on=today + timedelta(days=300), by=approver)
    elif row.fate == "archived":
        with clock.stopped_at(row.moment(today, later=30)):
            approving.archive(article, because="Digantikan oleh cara yang baru.", by=owner)


def _learn_from(made: Mapping[str, Article], staff: Staff, today: date) -> None:
    """What readers did with the articles, and the quizzes and screens of some."""
    for title, question in QUIZZES.items():
        article = made[title]
        reusing.set_quiz(article, [question], by=article.owner)
        for name in ("rina", "lina"):
            reusing.note_use(article, reusing.Kinds.LEARNT, by=staff[name])
    for page, title in GUIDES.items():
        reusing.tie_to_page(made[title], page, known=list(GUIDES), by=made[title].owner)
    readers = list(staff.values())
    for n, article in enumerate(each for each in made.values() if each.state == Article.States.PUBLISHED):
        with clock.stopped_at(at(today - timedelta(days=1 + n % 28))):
            reusing.note_use(article, reusing.Kinds.READ, by=readers[n % len(readers)])
            reusing.note_use(article, reusing.Kinds.HELPFUL, by=readers[(n + 5) % len(readers)])
    for name, title, ago, note in USED:
        with clock.stopped_at(at(today - timedelta(days=ago))):
            reusing.note_use(made[title], reusing.Kinds.USED, note=note, by=staff[name])


def _round_the_spiral(staff: Staff, made: Mapping[str, Article], today: date) -> None:
    """One line from talk to use and back: minutes became an article, somebody used it, and what they found is on the next agenda."""
    for name, title, talks in (
        ("maya", "Katalog: keputusan tentang nama dan judul", ["Nama orang Bali dalam tajuk", "Judul ganda yang terus muncul"]),
        (
            "agus",
            "Meja depan: yang kita putuskan semester ini",
            ["Antrean siang di meja sirkulasi", "Perpanjangan lewat telepon"],
        ),
    ):
        with clock.stopped_at(at(today - timedelta(days=24))):
            minutes = SessionMinutes.objects.filter(session__title__in=talks).select_related("session", "written_by")
            article = compiling.compile_minutes(list(minutes.order_by("session__starts_at")), title, by=staff[name])
            text = Text(title, "Disusun dari notulen; sumbernya disebut di setiap bagian.", article.body)
            revise(article, text, based_on=article.version, by=staff[name])
            sharing.share(article, "staff", by=staff[name])
            approving.submit(article, by=staff[name])
            approving.approve(article, review_on=today + timedelta(days=200), by=staff["dewi"])
        with clock.stopped_at(at(today - timedelta(days=9))):
            found = reusing.note_use(article, reusing.Kinds.USED, note="Satu keputusan belum kita jalankan.", by=staff["lina"])
    coming = Session.objects.filter(state="published", title="Diskusi Senin").first()
    if found and coming:
        bring_up(found, found.note, session=coming, note=article.title, by=staff["lina"])


def _ask(staff: Staff, topics: Mapping[str, Topic], today: date) -> None:
    """Questions among colleagues, some without a name, some answered, one made into an article."""
    for n, (asker, hides, title, topic, who, said) in enumerate(ASKED):
        with clock.stopped_at(at(today - timedelta(days=40 - 5 * n))):
            asked = questions.ask(title, topic=topics[topic], hides_name=hides, by=staff[asker])
        if who:
            with clock.stopped_at(at(today - timedelta(days=40 - 5 * n), 11 + n)):
                questions.settle(questions.answer(asked, said, by=staff[who]), by=staff[asker])
        if n == 2:  # noqa: PLR2004 -- one of them is worth an article
            questions.make_article(asked, by=staff["maya"])


def _thank(staff: Staff, today: date) -> None:
    """Thanks among colleagues, what some want to learn, and an award that its winner lets others see."""
    for n, (by, person, said, badge) in enumerate(THANKED):
        with clock.stopped_at(at(today - timedelta(days=30 - 4 * n))):
            people.thank(staff[person], said, badge=badge, by=staff[by])
    people.change_profile(about="Katalogisasi sejak 2009", hours_a_week=3, by=staff["tono"])
    people.change_profile(needs="Berbicara di depan kelas", hours_a_week=1, by=staff["lina"])
    people.set_skill("MARC 21", kind="hard", level=3, by=staff["tono"])
    people.set_skill("Menenangkan orang", kind="soft", level=2, by=staff["lina"])
    people.plan(
        staff["lina"],
        "Memandu satu kelas literasi",
        way="Mendampingi Fitri",
        due_on=today + timedelta(days=40),
        by=staff["ratna"],
    )
    wanted = people.set_criterion("Penulis yang dipakai rekan", measure="wrote", least=3, by=staff["ratna"])
    people.agree(people.give_award(wanted, staff["yusuf"], by=staff["ratna"]), by=staff["yusuf"])


def _train(staff: Staff, today: date) -> None:
    """Three courses: one was held and certified, one has a free seat next week, one is wanted."""
    names = ("title", "field", "aim", "points", "hours", "skill")
    made = [training.add_course(**dict(zip(names, row, strict=True)), by=staff["sari"]) for row in COURSES]
    day = at(today - timedelta(days=16))
    with clock.stopped_at(day - timedelta(days=10)):
        held = training.offer(made[0], starts_at=day, seats=6, trainer=staff["dewi"], place="Ruang rapat", by=staff["sari"])
        for name in ("rina", "lina", "agus"):
            training.enrol(held, by=staff[name])
    with clock.stopped_at(day + timedelta(hours=3)):
        enter_attendance(held, people=[staff["rina"], staff["lina"]], by=staff["dewi"])
        sessions.close(held, product="Daftar pertanyaan balik di meja layanan", by=staff["dewi"])
        training.certify(held, by=staff["dewi"])
    soon = at(today + timedelta(days=8))
    coming = training.offer(made[2], starts_at=soon, seats=3, trainer=staff["fitri"], place="Ruang rapat", by=staff["sari"])
    for name in ("lina", "hendra"):
        training.enrol(coming, by=staff[name])
    people.plan(staff["lina"], "Menghadapi pemustaka yang marah", course=made[2], by=staff["ratna"])
