"""INLISLite 3 (of the National Library): any dump of its database. MARC is rebuilt from its fields and subfields."""

from lumbung.moving.domain.inlislite.source import InlisLite

__all__ = ["InlisLite"]
