"""Visits when two registrations of one person become one."""

from lumbung.members.domain.merging.followers import Column, following
from lumbung.spaces.models import Visit

FOLLOWER = following("spaces.visits", Column(Visit))
