"""Memory: of the process, as the C library keeps it (elsewhere than on glibc nothing is changed), and of the machine."""

import contextlib
import ctypes
import os

M_ARENA_MAX = -8


def share_one_arena() -> None:
    """Let all threads take memory from one place: glibc gives each its own, which keeps what one request needed for ever.

    The threads hardly ever take any at once, since Python runs one of them at a time.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """Give what is free back to the system: glibc keeps what was freed below the highest place in use."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def installed() -> int:
    """Bytes of memory that the machine has; nothing where it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0
