from lumbung.accounts.models.api_token import ApiToken
from lumbung.accounts.models.role import Role, RoleGrant
from lumbung.accounts.models.user import User

__all__ = ["ApiToken", "Role", "RoleGrant", "User"]
