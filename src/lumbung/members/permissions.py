"""What one may be allowed to do with members."""

SEE = "members.see"
CHANGE = "members.change"
BLOCK = "members.block"
EXPORT = "members.export"
CATEGORIES = "members.categories"
ACTIVATE = "members.activate"
