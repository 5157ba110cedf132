"""Who stands behind which side of a channel, by proof; and where a member wants the library's notices."""

from collections.abc import Collection

from django.db.models import QuerySet

from lumbung.accounts.models import User
from lumbung.members.models import ChannelLink, Member
from lumbung.messaging.models import Identity, Incoming


def member_behind(identity: Identity) -> Member | None:
    """The member who proved to be this side, while the link stands and the account is not closed."""
    links = ChannelLink.objects.filter(identity=identity, ended_at__isnull=True)
    found = links.select_related("member__user", "member__category", "member__branch").first()
    if found is None or (found.member.user is not None and not found.member.user.is_active):
        return None
    return found.member


def member_writing(incoming: Incoming) -> Member | None:
    """Who by proof wrote this: the member behind the side it came from, or who was signed in on the site's own chat as it was written."""
    account, user = incoming.identity.account, incoming.data.get("user")
    if account.kind == "web" and account.is_built_in and user:
        found = Member.objects.select_related("user", "category", "branch").filter(user=user, user__is_active=True).first()
        return found or member_behind(incoming.identity)
    return member_behind(incoming.identity)


def links_of(member: Member) -> QuerySet[ChannelLink]:
    """The chats that are linked to the member now."""
    links = ChannelLink.objects.filter(member=member, ended_at__isnull=True)
    return links.select_related("identity__account").order_by("-is_preferred", "linked_at", "id")


def notice_identities(member: Member) -> list[Identity]:
    """Where the member wants notices, the preferred first; without those that said stop since, or whose account is closed."""
    wanted = links_of(member).filter(notices_since__isnull=False, identity__opted_out_at__isnull=True)
    return [link.identity for link in wanted if link.identity.account.is_open]


def notice_links_of_users(users: Collection[User]) -> dict[int, list[ChannelLink]]:
    """Where these people, who are members too, want notices: by the key of the user, the preferred first; one statement."""
    links = ChannelLink.objects.filter(member__user__in=users, ended_at__isnull=True, notices_since__isnull=False)
    found: dict[int, list[ChannelLink]] = {}
    for link in links.select_related("identity__account", "member").order_by("-is_preferred", "linked_at", "id"):
        found.setdefault(link.member.user_id or 0, []).append(link)
    return found
