"""Where a member came from, when two registrations of one person become one: a later move changes who stayed."""

from lumbung.members.domain.merging.followers import Column, following
from lumbung.moving.models import Origin

FOLLOWER = following("moving.origins", Column(Origin, "key", where={"entity": "member"}))
