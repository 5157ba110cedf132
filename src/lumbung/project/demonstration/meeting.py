"""Who meets whom in the demonstration: a colleague is asked what he knows before he retires, and colleagues are introduced."""

from collections.abc import Mapping
from datetime import date, timedelta

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.knowledge.domain import interviews
from lumbung.knowledge.domain.introductions import agree, introduce
from lumbung.knowledge.models import HandOver, InterviewAnswer, Topic
from lumbung.project.demonstration.writing import at

Circles = InterviewAnswer.Circles
TOLD = (
    (
        "Menjilid koran lama. Kertasnya rapuh: lembapkan semalam, jangan ditarik, lem kanji dan bukan lem putih.",
        Circles.STAFF,
        True,
    ),
    (
        "Majalah saya jilid per semester, bukan per tahun. Jilid setahun terlalu tebal dan punggungnya pecah.",
        Circles.STAFF,
        False,
    ),
    (
        "Buku hadiah yang tidak dicatat. Bila ada cap perpustakaan lain, saya telepon dahulu sebelum dicap kita.",
        Circles.SUCCESSOR,
        True,
    ),
    (
        "Ruang koleksi langka lembap setiap Januari. Silika gel diganti tiap Senin, dan pintu tidak diganjal.",
        Circles.STAFF,
        False,
    ),
    ("Pak Joko di bengkel jilid, dan Bu Endang di arsip daerah. Nomornya di buku alamat laci kiri.", Circles.SUCCESSOR, True),
    ("Bahwa kunci rak tertutup ada dua, dan yang satu di satpam.", Circles.TWO, False),
)
"""What was told to the first questions in their order, who may read it, and whether it sits in his head alone."""


def meet(staff: Mapping[str, User], today: date) -> None:
    """Maya is halfway through asking Bambang; Lina and Yusuf know each other now, and Sari has not said yet whether she would like to."""
    with clock.stopped_at(at(today - timedelta(days=4))):
        _ask_before_he_leaves(staff["bambang"], staff["maya"])
        known = introduce(
            staff["lina"], staff["yusuf"], "Lina sering ditanya jurnal di meja depan, dan Yusuf yang menyusun aksesnya.",
            topic=Topic.objects.filter(name="Literasi informasi").first(), by=staff["dewi"],
        )  # fmt: skip
        for person in ("lina", "yusuf"):
            agree(known, by=staff[person])
    with clock.stopped_at(at(today - timedelta(days=1))):
        waiting = "Hendra memeriksa bebas pustaka setiap hari, dan Sari yang menata layanannya. Kalian perlu bertemu sebelum musim wisuda."
        agree(introduce(staff["sari"], staff["hendra"], waiting, by=staff["ratna"]), by=staff["hendra"])


def _ask_before_he_leaves(leaver: User, heir: User) -> None:
    keeping = Topic.objects.filter(name="Pelestarian").first()
    interview = interviews.open_interview(leaver, hand_over=HandOver.objects.get(leaver=leaver), by=heir)
    for row, (told, circle, in_head_only) in zip(interview.answers.order_by("pk"), TOLD, strict=False):
        interviews.tell(row, told, topic=keeping, in_head_only=in_head_only, by=heir)
        if circle != row.circle:
            interviews.set_circle(row, circle, by=leaver)
    interviews.ask(interview, "Koleksi langka mana yang tidak boleh difotokopi, dan siapa yang boleh mengizinkan?", by=heir)
