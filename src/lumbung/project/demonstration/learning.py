"""How the demonstration's staff learn: a first week with a mentor, a track on ICT, and what the keeper of the accounts learns."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.knowledge.domain.articles.reusing import note_use
from lumbung.knowledge.domain.learning.paths import add_path, add_step
from lumbung.knowledge.domain.learning.walking import give, go_step
from lumbung.knowledge.models import Article, LearningPath, Training, Use
from lumbung.project.demonstration.writing import at

Step = tuple[str, str]
PATHS: tuple[tuple[dict[str, Any], str, tuple[Step, ...]], ...] = (
    (
        {
            "title": "Minggu pertama rekan baru",
            "aim": "melayani di meja depan tanpa ditemani",
            "days": 14,
            "for_arrivals": True,
        },
        "dewi",
        (
            ("article", "Minggu pertama rekan baru"),
            ("article", "Mendengar sebelum menjawab"),
            ("quiz", "Mendengar sebelum menjawab"),
            ("help", "Cara kerja meja peminjaman=circulation:desk"),
            ("try", "Duduk satu pagi di meja depan bersama pendamping"),
            ("try", "Jawab tiga pertanyaan di kotak masuk, pendamping membaca dahulu"),
            ("course", "Wawancara rujukan"),
        ),
    ),
    (
        {"title": "Jalur TIK pustakawan", "aim": "memakai seluruh sistem dan mengajarkannya", "days": 60},
        "yusuf",
        (
            ("help", "Bahasa pertanyaan katalog=/help/search"),
            ("help", "Mengutip dan daftar pustaka=/help/cite"),
            ("help", "Membaca dengan aplikasi=/help/apps"),
            ("article", "Mengakses jurnal dari rumah"),
            ("article", "Meja luring saat jaringan putus"),
            ("quiz", "Memperpanjang pinjaman"),
            ("try", "Unduh satu halaman kanal OPDS ke aplikasi baca"),
        ),
    ),
    (
        {"title": "Pengelola media sosial", "aim": "menulis, memotret, dan menjawab atas nama perpustakaan", "days": 90},
        "fitri",
        (
            ("article", "Menulis abstrak yang ditemukan"),
            ("article", "Memeriksa rujukan buatan mesin"),
            ("try", "Tulis tiga rancangan kiriman dari koleksi baru, bahas dengan pendamping"),
            ("try", "Foto lima sampul dengan ponsel, pilih satu"),
            ("course", "Wawancara rujukan"),
        ),
    ),
)


def learn(staff: Mapping[str, User], today: date) -> None:
    """Three paths; Lina is on her first, Agus has nearly finished the track on ICT, Rina has begun with the accounts."""
    first, ict, social = (_path(facts, staff[mentor], steps, staff["sari"]) for facts, mentor, steps in PATHS)
    with clock.stopped_at(at(today - timedelta(days=9))):
        lina = give(first, staff["lina"], mentor=staff["dewi"], by=staff["ratna"])
        agus = give(ict, staff["agus"], mentor=staff["yusuf"], by=staff["agus"])
        give(social, staff["rina"], mentor=staff["fitri"], by=staff["ratna"])
    with clock.stopped_at(at(today - timedelta(days=3))):
        note_use(Article.objects.get(title="Minggu pertama rekan baru"), Use.Kinds.READ, by=staff["lina"])
        go_step(lina, first.steps.get(kind="help"), by=staff["lina"])
        for step in ict.steps.filter(kind="help"):
            go_step(agus, step, by=staff["agus"])


def _path(facts: dict[str, Any], mentor: User, steps: tuple[Step, ...], by: User) -> LearningPath:
    path = add_path(**facts, mentor=mentor, by=by)
    for kind, said in steps:
        name, _, place = said.partition("=")
        address = reverse("knowledge:here", args=[place]) if ":" in place else place
        article = Article.objects.get(title=name) if kind in {"article", "quiz"} else None
        course = Training.objects.get(title=name) if kind == "course" else None
        title = "" if article or course else name
        add_step(path, kind=kind, title=title, article=article, course=course, address=address, by=by)
    return path
