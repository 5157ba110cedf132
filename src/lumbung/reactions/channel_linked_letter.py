"""A chat was linked to a member: tell them by e-mail, so that a link they did not make does not go unnoticed."""

from lumbung.kernel.models import JournalEntry
from lumbung.members.models import ChannelLink
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def channel_linked_letter(entry: JournalEntry) -> None:
    """Once for each link; not for one that has ended meanwhile."""
    occasion = f"channel-linked:{entry.data['link']}"
    links = ChannelLink.objects.filter(pk=entry.data["link"], ended_at=None).select_related("member__user", "identity__account")
    link = links.first()
    if link is not None and unspoken([occasion]):
        write_to(link.member, "channel_linked", {"channel": str(link.identity.account)}, occasions=[occasion])
