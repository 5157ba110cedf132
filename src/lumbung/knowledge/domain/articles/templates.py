"""What an article of each form begins with. The places to fill are marked, and no article goes to approval with a mark left."""

import re

from django.utils.translation import gettext as _

from lumbung.knowledge.models import Article

Forms = Article.Forms
MARK = re.compile(r"\{\{\s*([^{}\n]{1,80}?)\s*\}\}")


def beginning(form: Forms | str) -> str:
    """The pattern of this form, in the language of the writer."""
    return {
        Forms.HOW_TO: _(
            "## Kapan dipakai\n\n{{ keadaan yang dihadapi petugas }}\n\n"
            "## Langkah\n\n1. {{ langkah pertama }}\n2. {{ langkah berikutnya }}\n\n"
            "## Bila gagal\n\n{{ apa yang dilakukan, dan siapa yang ditanya }}\n"
        ),
        Forms.SOP: _(
            "## Tujuan\n\n{{ hasil yang harus dicapai }}\n\n## Siapa yang mengerjakan\n\n{{ peran }}\n\n"
            "## Langkah\n\n1. {{ langkah pertama }}\n\n## Catatan dan bukti\n\n{{ di mana dicatat }}\n"
        ),
        Forms.LESSON: _(
            "## Yang terjadi\n\n{{ peristiwa, tanpa mencari yang salah }}\n\n## Yang kita pelajari\n\n{{ pelajaran }}\n\n"
            "## Yang kita ubah\n\n{{ perubahan dan siapa yang menjaganya }}\n"
        ),
        Forms.FAQ: _(
            "## {{ pertanyaan seperti yang ditanyakan }}\n\n{{ jawaban singkat }}\n\n"
            "## Sumber\n\n{{ aturan atau halaman yang menjadi dasar }}\n"
        ),
        Forms.HAND_OVER: _(
            "## Tugas yang diserahkan\n\n- {{ tugas, kapan, berapa lama }}\n\n"
            "## Kunci, akun, dan berkas\n\n- {{ apa, di mana, siapa yang memegang }}\n\n"
            "## Yang sedang berjalan\n\n- {{ pekerjaan, tahap, langkah berikutnya }}\n\n"
            "## Orang yang perlu dikenal\n\n- {{ nama, untuk urusan apa }}\n"
        ),
    }.get(Forms(form), "")


def unfilled(text: str) -> list[str]:
    """The marks of the pattern that still stand in the text."""
    return list(dict.fromkeys(MARK.findall(text)))
