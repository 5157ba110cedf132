class Undeliverable(Exception):
    """The address is refused for good: trying again would not help."""
