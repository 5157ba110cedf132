from lumbung.accounts.models.api_token import ApiToken
from lumbung.accounts.models.device_session import DeviceSession
from lumbung.accounts.models.role import Role, RoleGrant
from lumbung.accounts.models.user import User

__all__ = ["ApiToken", "DeviceSession", "Role", "RoleGrant", "User"]
