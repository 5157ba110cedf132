"""Requests when two registrations of one person become one."""

from lumbung.acquisitions.models import PurchaseRequest
from lumbung.members.domain.merging.followers import Column, following

FOLLOWER = following("acquisitions.requests", Column(PurchaseRequest))
