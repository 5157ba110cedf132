"""Telling a fault of the disk under the index from a fault of the question: Tantivy raises the same for both, in other words."""

_OF_THE_DISK = (
    "Data corrupted",
    "Failed to open file",
    "An IO error occurred",
    "Incompatible index",
    "An error occurred in a thread",
)
_FOR_GOOD = ("Data corrupt", "FileDoesNotExist", "Incompatible index", "footer", "end of buffer", "UnexpectedEof")


def is_of_the_disk(error: BaseException) -> bool:
    """Whether what lies on the disk could not be read or written, whatever was asked."""
    return isinstance(error, OSError) or is_panic(error) or str(error).startswith(_OF_THE_DISK)


def is_for_good(error: BaseException) -> bool:
    """Whether trying again is no use: files are gone or hold something else. Not when, for example, too many are open."""
    return any(said in str(error) for said in _FOR_GOOD)


def is_panic(error: BaseException) -> bool:
    """Whether Tantivy stumbled over what it trusted to be otherwise: bytes of the index, as far as is known."""
    return type(error).__name__ == "PanicException"  # a class that cannot be imported
