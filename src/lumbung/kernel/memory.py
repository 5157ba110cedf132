"""Memory of the process, as the C library keeps it. Elsewhere than on glibc nothing is changed."""

import contextlib
import ctypes

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
