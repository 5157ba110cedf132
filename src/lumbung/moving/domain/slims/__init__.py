"""SLiMS 9 (and 8): its backup (System > Database Backup) or any dump of its database, plain or packed."""

from lumbung.moving.domain.slims.source import Slims

__all__ = ["Slims"]
