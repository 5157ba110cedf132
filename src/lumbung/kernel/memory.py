"""Memory: of the process, as the C library keeps it (elsewhere than on glibc nothing is changed), and of the machine."""

import contextlib
import ctypes
import os
from collections.abc import Iterator
from pathlib import Path

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
    """Bytes of memory that this process may have: those of the machine, or fewer where its service or container has a limit; nothing where
    nobody tells."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0
    return min([whole, *_limits()])


def _limits(told: Path = Path("/proc/self/cgroup"), root: Path = Path("/sys/fs/cgroup")) -> Iterator[int]:
    """What the groups of processes allow that this one is in, the innermost first (cgroup v2)."""
    with contextlib.suppress(OSError):
        inner = told.read_text(encoding="utf-8").partition("0::/")[2].strip()
        for group in (root / inner, *(root / inner).parents):
            with contextlib.suppress(OSError, ValueError):  # the outermost has no limit, others say "max"
                yield int((group / "memory.max").read_text(encoding="ascii"))
