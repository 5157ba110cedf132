from lumbung.catalogue.models.import_run import ImportRejection, ImportRun
from lumbung.catalogue.models.item import Item, ItemType
from lumbung.catalogue.models.record import Identifier, Material, Record

__all__ = ["Identifier", "ImportRejection", "ImportRun", "Item", "ItemType", "Material", "Record"]
