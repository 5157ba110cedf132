"""What one may be allowed to do with the catalogue."""

SEE = "catalogue.see"
EDIT = "catalogue.edit"
ITEMS = "catalogue.items"
IMPORT = "catalogue.import"
UNDO_IMPORT = "catalogue.undo_import"
EXPORT = "catalogue.export"
ITEM_TYPES = "catalogue.item_types"
