"""A colleague leaves: the checklist is there with what the portal knows of their work, and the gaps are told."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.ideas import HandOverClosed, HandOverOpened, HandOverTold
from lumbung.knowledge.models import Action, HandOver, HandOverItem, Series
from lumbung.knowledge.queries.hand_overs import gaps_of
from lumbung.knowledge.refusals.ideas import HAND_OVER_OVER, IDEA_EMPTY, LEAVER_HANDS_OVER, SUCCESSOR_IS_LEAVER

USUAL = (
    gettext_lazy("Pekerjaan harian, dari pagi sampai pulang"),
    gettext_lazy("Pekerjaan mingguan, bulanan, dan tahunan"),
    gettext_lazy("Yang hanya saya yang tahu caranya"),
    gettext_lazy("Kesalahan yang sering terjadi, dan cara memulihkannya"),
    gettext_lazy("Orang yang perlu dikenal, di dalam dan di luar"),
    gettext_lazy("Berkas, kunci, dan akun bersama: di mana dan siapa pemegangnya"),
    gettext_lazy("Yang sedang berjalan dan belum selesai"),
    gettext_lazy("Nasihat untuk pengganti saya"),
)


@refuse_when_broken(one_hands_over_once_at_a_time=LEAVER_HANDS_OVER)
@transaction.atomic
def open_hand_over(leaver: User, *, last_day: date, by: User | None, successor: User | None = None) -> HandOver:
    """Begin, with the usual questions, the open actions and the series of sessions of the leaver. Refuses a second one, and oneself
    as successor."""
    reasons: list[Reason] = []
    if HandOver.objects.filter(leaver=leaver, closed_at=None).exists():
        reasons.append(LEAVER_HANDS_OVER(name=leaver.name))
    if successor == leaver:
        reasons.append(SUCCESSOR_IS_LEAVER())
    if reasons:
        raise Refused(reasons)
    hand_over = HandOver.objects.create(leaver=leaver, successor=successor, last_day=last_day, opened_at=clock.now())
    actions = Action.objects.filter(owner=leaver, state="open").values_list("title", flat=True)
    series = Series.objects.filter(hosts__person=leaver, is_active=True).values_list("title", flat=True)
    titles = [*map(str, USUAL), *(_("Tindakan: %(title)s") % {"title": each} for each in actions)]
    titles += [_("Giliran memandu: %(title)s") % {"title": each} for each in series]
    HandOverItem.objects.bulk_create(HandOverItem(hand_over=hand_over, title=each[:200]) for each in dict.fromkeys(titles))
    events.record(HandOverOpened(hand_over=hand_over.pk, user=leaver.pk), by=by)
    return hand_over


@transaction.atomic
def add_item(hand_over: HandOver, title: str, *, by: User | None) -> HandOverItem:
    """Something more that must not be lost. Refuses an empty one, and a closed checklist."""
    hand_over = _open(hand_over)
    if not title.strip():
        raise Refused(IDEA_EMPTY())
    item, _is_new = HandOverItem.objects.get_or_create(hand_over=hand_over, title=title.strip()[:200])
    events.record(HandOverTold(hand_over=hand_over.pk), by=by)
    return item


@transaction.atomic
def tell(item: HandOverItem, *, told: str, address: str, by: User | None) -> HandOverItem:
    """Write it down here, or say where it is written. Refuses a closed checklist."""
    _open(item.hand_over)
    item.told, item.address = told.strip(), address.strip()[:300]
    item.save(update_fields=["told", "address"])
    events.record(HandOverTold(hand_over=item.hand_over_id), by=by)
    return item


@transaction.atomic
def close_hand_over(hand_over: HandOver, *, by: User | None) -> int:
    """The colleague has left; returns how many gaps are left, which stay listed."""
    hand_over = _open(hand_over)
    hand_over.closed_at = clock.now()
    hand_over.save(update_fields=["closed_at"])
    gaps = len(gaps_of(hand_over))
    events.record(HandOverClosed(hand_over=hand_over.pk, count=gaps), by=by)
    return gaps


def _open(hand_over: HandOver) -> HandOver:
    hand_over = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if hand_over.closed_at is not None:
        raise Refused(HAND_OVER_OVER())
    return hand_over
