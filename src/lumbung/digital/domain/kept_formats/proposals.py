"""What we propose of the formats that libraries keep most, until somebody here judges them: a risk and its reason, by PUID."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models import Risks

Proposal = tuple[Risks, str | Promise]

_STANDARD = (Risks.LOW, _("Standar terbuka yang dibaca banyak program dan dipakai luas untuk pelestarian."))
_PDF = (Risks.LOW, _("Standar terbuka yang dibaca di mana-mana; PDF/A lebih aman karena membawa semua hurufnya."))
_OLD_PDF = (Risks.WATCH, _("PDF yang sangat tua: huruf dan warnanya perlu dicoba buka sewaktu-waktu."))
_LOSSY = (Risks.LOW, _("Dibaca di mana-mana; simpan juga aslinya yang tidak dimampatkan bila ada."))
_OFFICE = (Risks.LOW, _("Standar terbuka; tampilannya dapat berbeda antarprogram, jadi simpan juga PDF/A-nya."))
_OLD_OFFICE = (Risks.WATCH, _("Format perkantoran lama milik satu perusahaan; ubah ke PDF/A atau ODF selagi masih terbuka."))
_PACKED = (Risks.WATCH, _("Wadah: yang perlu diawasi adalah format berkas di dalamnya."))
_DEAD = (Risks.HIGH, _("Programnya tidak dibuat lagi; ubah ke format terbuka secepatnya."))
_UNJUDGED = (Risks.WATCH, _("Belum dinilai perpustakaan ini."))

_BY_PUID: Mapping[str, Proposal] = {
    **dict.fromkeys(
        ["fmt/95", "fmt/354", *(f"fmt/{n}" for n in range(476, 482)), "fmt/1910", "fmt/1911", "fmt/1912"], _STANDARD
    ),
    **dict.fromkeys([*(f"fmt/{n}" for n in range(16, 21)), "fmt/276", "fmt/1129"], _PDF),
    **dict.fromkeys(["fmt/14", "fmt/15"], _OLD_PDF),
    **dict.fromkeys(["fmt/11", "fmt/12", "fmt/13", "fmt/353", "fmt/279", "fmt/483", "fmt/101", "fmt/96"], _STANDARD),
    **dict.fromkeys(["x-fmt/111", "x-fmt/18", "x-fmt/13", "fmt/817", "fmt/1149", "x-fmt/16"], _STANDARD),
    **dict.fromkeys(["fmt/41", "fmt/42", "fmt/43", "fmt/44", "fmt/645", "fmt/1507", "fmt/134", "fmt/199", "fmt/567"], _LOSSY),
    **dict.fromkeys(["fmt/3", "fmt/4", "fmt/203", "fmt/573", "fmt/569", "fmt/566", "fmt/568"], _LOSSY),
    **dict.fromkeys(["fmt/141", "fmt/142", "fmt/6", "fmt/703", "fmt/704", "fmt/1", "fmt/2"], _STANDARD),
    **dict.fromkeys(["fmt/412", "fmt/214", "fmt/215", "fmt/189", "fmt/136", "fmt/290", "fmt/291", "fmt/1756"], _OFFICE),
    **dict.fromkeys(["fmt/39", "fmt/40", "fmt/59", "fmt/61", "fmt/125", "fmt/126", "fmt/45", "fmt/50", "fmt/53"], _OLD_OFFICE),
    **dict.fromkeys(["x-fmt/263", "x-fmt/266", "x-fmt/265", "fmt/484", "fmt/411"], _PACKED),
    **dict.fromkeys(["fmt/108", "fmt/109", "fmt/110", "fmt/507", "x-fmt/190", "x-fmt/44", "x-fmt/394"], _DEAD),
}


def proposal_for(puid: str) -> Proposal:
    """The risk that we propose of a format, and why."""
    return _BY_PUID.get(puid, _UNJUDGED)
