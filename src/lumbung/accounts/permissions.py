"""What may be done with accounts, and by whom."""

from lumbung.kernel.permissions import declare

MANAGE_USERS = declare("accounts.manage_users", ["head"])
GRANT_ROLES = declare("accounts.grant_roles", [])
