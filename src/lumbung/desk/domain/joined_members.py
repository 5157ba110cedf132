"""Conversations and appointments when two registrations of one person become one."""

from lumbung.desk.models import Appointment, Conversation
from lumbung.members.domain.merging.followers import Column, following

FOLLOWER = following("desk.rows", Column(Conversation), Column(Appointment))
