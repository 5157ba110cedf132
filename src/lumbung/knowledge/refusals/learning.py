"""Why a verb on learning paths may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

PATH_INCOMPLETE = Refusal("path_incomplete", _("Tuliskan judul jalur dan apa yang dapat dilakukan sesudahnya."))
PATH_TITLE_TAKEN = Refusal("path_title_taken", _("Sudah ada jalur dengan judul ini."))
PATH_DAYS = Refusal("path_days", _("Lamanya antara 1 dan 730 hari."))
PATH_EMPTY = Refusal("path_empty", _("Jalur ini belum berlangkah. Tambahkan langkahnya dahulu."))
PATH_NOT_USED = Refusal("path_not_used", _("Jalur ini tidak dipakai lagi."))
PATH_FULL = Refusal("path_full", _("Paling banyak %(most)s langkah dalam satu jalur. Bagilah menjadi dua jalur."))
STEP_NOT_SAID = Refusal("step_not_said", _("Tuliskan langkahnya."))
STEP_LEADS_NOWHERE = Refusal(
    "step_leads_nowhere", _("Pilih pelatihan atau artikelnya, atau tulis alamat halaman di sini yang diawali garis miring.")
)
STEP_HAS_NO_QUIZ = Refusal("step_has_no_quiz", _("Artikel itu belum berkuis."))
STEP_SHOWS_ITSELF = Refusal(
    "step_shows_itself",
    _("Langkah ini tercatat sendiri sesudah artikelnya dibaca, kuisnya lulus, atau pelatihannya bersertifikat."),
)
TRY_WITHOUT_EVIDENCE = Refusal("try_without_evidence", _("Tuliskan apa yang Anda coba dan hasilnya."))
ALREADY_ON_PATH = Refusal("already_on_path", _("%(name)s sudah menempuh jalur ini."))
NOT_STAFF = Refusal("not_staff", _("%(name)s bukan petugas perpustakaan."))
OWN_MENTOR = Refusal("own_mentor", _("Pendamping haruslah orang lain."))
NOT_YOUR_PATH = Refusal("not_your_path", _("Langkah ini milik rekan lain."))
PATH_OVER = Refusal("path_over", _("Jalur ini sudah selesai atau sudah ditinggalkan."))
