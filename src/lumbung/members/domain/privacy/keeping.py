"""What this part forgets by itself, each after the days the library chose (``kernel.retention``). For the nightly job."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock, retention, uploads
from lumbung.kernel.refusals import Refused
from lumbung.kernel.retention import Term, declare, kept_for
from lumbung.members.domain.joining import TERM as JOINING
from lumbung.members.domain.joining import forget_join_requests
from lumbung.members.domain.merging.mergers import TERM as MERGERS
from lumbung.members.domain.merging.mergers import forget_old_mergers
from lumbung.members.domain.privacy.requests import erase
from lumbung.members.models import ClearanceAnswer, ClearanceRun, Look, Member
from lumbung.organization.queries import library

LOOKS = declare(Term("looks", _("Petugas mana yang melihat data anggota"), _("dihapus"), 365))
FILES = declare(Term("clearance_files", _("Berkas bebas pustaka dari pemohon"), _("dihapus; suratnya tetap"), 180))
LISTS = declare(Term("clearance_lists", _("Daftar NIM yang didaftarkan untuk bebas pustaka"), _("dihapus"), 30))
ENDED = declare(
    Term(
        "ended_members",
        _("Keanggotaan yang sudah berakhir"),
        _("anggota dilupakan bila tidak ada pinjaman, tagihan, atau hal lain yang terbuka"),
        0,
        least=0,
    )
)
MOST_ERASED = 500
"""How many members one night forgets at most."""


def forget_what_is_old() -> dict[str, int]:
    """Forget what is kept too long; returns how many of each."""
    return {
        LOOKS.code: _forget_looks(),
        FILES.code: _forget_files(),
        LISTS.code: _forget_lists(),
        ENDED.code: _forget_ended(),
        JOINING.code: forget_join_requests(),
        MERGERS.code: forget_old_mergers(),
    }


def _forget_looks() -> int:
    return Look.objects.filter(last_at__lt=clock.now() - kept_for(LOOKS)).delete()[0]


@transaction.atomic
def _forget_files() -> int:
    closed = ClearanceAnswer.objects.filter(application__closed_at__lt=clock.now() - kept_for(FILES)).exclude(stored_file="")
    names = list(closed.values_list("stored_file", flat=True))
    closed.update(stored_file="", file_name="", file_hash="")
    for name in names:
        transaction.on_commit(partial(uploads.forget, name))
    return len(names)


def _forget_lists() -> int:
    old = ClearanceRun.objects.filter(kind=ClearanceRun.Kinds.ENROL, finished_at__lt=clock.now() - kept_for(LISTS))
    return old.exclude(numbers=[]).update(numbers=[], told={})


def _forget_ended() -> int:
    """Whoever has something open stays, and is looked at again the next night."""
    if not retention.days_of(ENDED):
        return 0
    before = clock.today(library().zone) - kept_for(ENDED)
    named = Member.objects.filter(expires_on__lt=before).exclude(search_text="").order_by("expires_on", "pk")
    forgotten = 0
    for key in list(named.values_list("pk", flat=True)):
        if forgotten == MOST_ERASED:
            break
        try:
            erase(Member.objects.select_related("user").get(pk=key), by=None)
            forgotten += 1
        except Refused:
            continue
    return forgotten
