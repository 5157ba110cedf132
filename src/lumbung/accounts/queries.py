"""What others may ask about users."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from lumbung.accounts.models import ApiToken, DeviceSession, Role, User
from lumbung.kernel import clock


def user_named(username: str) -> User | None:
    """The user of this name, in any case."""
    return User.objects.alias(folded=Lower("username")).filter(folded=username.strip().lower()).first()


def user_with_email(email: str) -> User | None:
    """The user with this address, in any case."""
    if not email.strip():
        return None
    return User.objects.alias(folded=Lower("email")).filter(folded=email.strip().lower()).first()


def staff() -> QuerySet[User]:
    """Everybody with a role beyond member, by name, with their roles at hand."""
    roles = [role for role in Role if role is not Role.MEMBER]
    return User.objects.filter(role_grants__role__in=roles).distinct().order_by("name", "pk").prefetch_related("role_grants")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The user's API tokens, newest first."""
    return user.api_tokens.all()


def devices_of(user: User) -> list[DeviceSession]:
    """Where the user is signed in, the last used first."""
    kept = DeviceSession.objects.filter(user=user, expire_date__gt=clock.now()).order_by("-last_used_on", "-began_at", "pk")
    return [each for each in kept if each.is_good_for(user)]
