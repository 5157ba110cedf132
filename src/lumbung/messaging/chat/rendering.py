"""An answer in the form of a channel: buttons, a list to open, or numbered text; long text in pieces, never in the middle of a word."""

from django.utils.translation import gettext as _

from lumbung.kernel.shortening import shortened, width
from lumbung.messaging.channels import Limits
from lumbung.messaging.chat.registry import Answer, Offer
from lumbung.messaging.replies import Choice, Picture, Reply

MOST_PARTS = 4
"""Nobody reads a fifth message in a row; what is longer ends with an ellipsis."""


def rendered(answer: Answer, limits: Limits) -> list[Reply]:
    """The messages that say this within ``limits``, in order: at least one, at most ``MOST_PARTS`` and a picture."""
    choices = _tapped(answer.offers, limits)
    is_list = any(offer.about for offer in answer.offers)
    written = _numbered(answer.offers) if shows_numbers(answer, limits) else ""
    ask = _("Balas dengan angkanya.") if written and not choices and not is_list else ""
    picture = answer.picture if answer.picture and _carries(answer.picture, limits) else None
    words = answer.picture.words if answer.picture and picture is None else ""
    text = "\n\n".join(filter(None, [answer.text.strip(), words, written, ask, answer.foot.strip()]))
    *first, last = split(text, limits.text)
    said = [*map(Reply, first), Reply(last, choices)]
    return said if picture is None else _with_picture(said, picture, limits)


def shows_numbers(answer: Answer, limits: Limits) -> bool:
    """Whether the offers are written out with their numbers, and not only to be tapped."""
    is_list = any(offer.about for offer in answer.offers)
    return bool(answer.offers) and (is_list or not _tapped(answer.offers, limits))


def _with_picture(said: list[Reply], picture: Picture, limits: Limits) -> list[Reply]:
    """The picture with the text under it where that fits and nothing is to be tapped, before it otherwise."""
    alone = said[0]
    if len(said) == 1 and not alone.choices and width(alone.text) <= limits.caption:
        return [Reply(alone.text, picture=picture)]
    return [Reply(shortened(picture.words, limits.caption), picture=picture), *said]


def _carries(picture: Picture, limits: Limits) -> bool:
    return len(picture.content) <= limits.media.get(picture.kind, 0)


def _tapped(offers: tuple[Offer, ...], limits: Limits) -> tuple[Choice, ...]:
    """The offers as what can be tapped, in the channel's lengths; nothing where it has too few places for all of them."""
    if not offers or any(len(offer.say.encode()) > (limits.data_bytes or 200) for offer in offers):
        return ()
    is_list = any(offer.about for offer in offers)
    if len(offers) <= limits.choices:
        labels = [str(at) for at in range(1, len(offers) + 1)] if is_list else [offer.label for offer in offers]
        if is_list or all(width(label) <= (limits.choice_label or 200) for label in labels):
            return tuple(Choice(label, offer.say) for label, offer in zip(labels, offers, strict=True))
    if len(offers) <= limits.rows:
        return tuple(
            Choice(
                shortened(f"{at}. {offer.label}", limits.row_label or 200), offer.say, shortened(offer.about, limits.row_about)
            )
            for at, offer in enumerate(offers, start=1)
        )
    return ()


def _numbered(offers: tuple[Offer, ...]) -> str:
    return "\n".join(
        f"{at}. {offer.label}" + (f"\n   {offer.about}" if offer.about else "") for at, offer in enumerate(offers, start=1)
    )


def split(text: str, most: int) -> list[str]:
    """The text in pieces of at most ``most``: between paragraphs if possible, else between lines, else between words."""
    pieces: list[str] = []
    rest = text.strip()
    while width(rest) > most and len(pieces) < MOST_PARTS - 1:
        head = _head(rest, most)
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [*pieces, shortened(rest, most)] if rest or not pieces else pieces


def _head(text: str, most: int) -> str:
    head = text[:most]
    while width(head) > most:
        head = head[:-1]
    for mark in ("\n\n", "\n", " "):
        at = head.rfind(mark)
        if at >= most // 2:
            return head[:at]
    return head
