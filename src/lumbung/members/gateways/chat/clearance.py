"""*Bebas pustaka* in chat: how the member's application stands, condition by condition, and where to apply."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.members.domain.clearance.standing import Standing, standings_of
from lumbung.members.models import ClearanceApplication, Member
from lumbung.members.queries.clearance import clearances_of, open_for_members
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Offer, Outcome

States = ClearanceApplication.States


def clearance(asking: Asking) -> Outcome:
    """The latest application of the member; where there is none, what may be applied for."""
    member: Member = asking.person
    application = clearances_of(member).select_related("purpose", "member__programme", "member__category").first()
    if application is None:
        return _how_to_apply()
    lines = [f"{application.purpose}: {application.get_state_display()}."]
    if application.state == States.OPEN:
        standing = standings_of(application)
        lines[0] = _("%(purpose)s: %(met)d dari %(all)d syarat terpenuhi.") % {
            "purpose": application.purpose,
            "met": sum(each.met for each in standing),
            "all": len(standing),
        }
        lines += [_line(each) for each in standing]
    letters = [each.number for each in application.letters.all() if each.revoked_at is None]
    if letters:
        lines.append(_("Nomor surat: %(number)s.") % {"number": ", ".join(letters)})
    return Answer("\n".join([*lines, *_page(f"/my/clearance/{application.pk}")]))


def _line(standing: Standing) -> str:
    mark = {"met": "✓", "waiting": "…"}.get(standing.state, "✗")
    why = "; ".join(standing.because) or (standing.way if not standing.met else "")
    return f"{mark} {standing.condition}" + (f": {why}" if why else "")


def _how_to_apply() -> Answer:
    names = [str(each) for each in open_for_members()]
    if not names:
        text = _("Kakak belum mengajukan bebas pustaka, dan pengajuan sedang tidak dibuka.")
        return Answer(text, (Offer(_("Tanya petugas"), "petugas"),))
    text = _("Kakak belum mengajukan bebas pustaka. Yang dapat diajukan: %(names)s.") % {"names": ", ".join(names)}
    return Answer("\n".join([text, *_page("/my/clearance")]), (Offer(_("Tanya petugas"), "petugas"),))


def _page(path: str) -> list[str]:
    return [settings.SITE_URL + path] if settings.SITE_URL else []


CLEARANCE = Command(
    name="clearance",
    words=("bebas pustaka", "bebas perpustakaan", "bebas perpus", "bebas pinjam", "clearance"),
    title=gettext_lazy("Bebas pustaka"),
    run=clearance,
    examples=("bebas pustaka", "surat bebas pustaka"),
    needs_person=True,
    cues=(Cue.of(9, r"bebas (?:pustaka|perpustakaan|pinjam|pinjaman)|(?:library )?clearance"),),
)
