"""What a device says, in characters that the database takes."""


def readable(told: str) -> str:
    """Without NUL. Raises ValueError for half a character, which no device types."""
    told.encode()
    return told.replace("\0", "")
