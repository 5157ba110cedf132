"""What one may be allowed to do in circulation."""

LEND = "circulation.lend"
WAIVE = "circulation.waive"
SEE = "circulation.see"
RULES = "circulation.rules"
