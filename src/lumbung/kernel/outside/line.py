"""A connection to an address that a librarian wrote down: never into our own network unasked, never longer or larger than told."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic

from django.conf import settings

from lumbung.kernel.outside.failures import Failed, Failures

CONNECTING = "connecting"
"""The detail of a failure before anything was said."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Line:
    """An open connection with an end in time: reading or writing past it fails, however slowly the other side dribbles."""

    def __init__(self, plain: socket.socket, ends_at: float) -> None:
        self.socket = plain
        self._ends_at = ends_at
        self._timer = Timer(max(0.0, ends_at - monotonic()), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def encrypt(self, host: str) -> None:
        """Speak TLS from here on, with a server that can show it is ``host``."""
        self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=host)

    @property
    def is_over(self) -> bool:
        return monotonic() >= self._ends_at

    def close(self) -> None:
        self._timer.cancel()
        self.socket.close()

    def _cut(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # closed already


@contextmanager
def line_to(host: str, port: int, *, seconds: float, tls: bool = False) -> Iterator[Line]:
    """A connection for the block. Raises Failed for whatever goes wrong on the way, in the block too.

    The address that was judged is the one that is connected to: a name cannot mean another one the second time.
    """
    ends_at = monotonic() + seconds
    line: Line | None = None
    try:
        line = Line(_connected(_judged(host, port), ends_at), ends_at)
        if tls:
            line.encrypt(host)
        yield line
    except TimeoutError:
        raise Failed(Failures.TIMEOUT, "" if line else CONNECTING) from None
    except ConnectionRefusedError:
        raise Failed(Failures.UNREACHABLE) from None
    except OSError as error:
        over = line is not None and line.is_over
        raise Failed(Failures.TIMEOUT if over else Failures.BROKEN if line else Failures.UNREACHABLE, str(error)) from None
    except Failed as failed:
        if line is not None and line.is_over:
            raise Failed(Failures.TIMEOUT) from None
        raise failed from None
    finally:
        if line is not None:
            line.close()


def is_internal(address: Address) -> bool:
    """Whether an address is not one of the open internet: our own machine, our own network, or nobody's."""
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    inner = inner or (address.sixtofour if isinstance(address, ipaddress.IPv6Address) else None)
    if inner is not None:
        return is_internal(inner)
    return not address.is_global or address.is_multicast


def _judged(host: str, port: int) -> list[tuple[str, int]]:
    """The addresses of the host that may be connected to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed(Failures.ADDRESS, host) from None
    addresses = dict.fromkeys(str(each[4][0]) for each in found)
    allowed = [each for each in addresses if _may_connect(ipaddress.ip_address(each.partition("%")[0]))]
    if not allowed:
        raise Failed(Failures.INTERNAL, host)
    return [(each, port) for each in allowed]


def _may_connect(address: Address) -> bool:
    if not is_internal(address):
        return True
    networks = map(ipaddress.ip_network, settings.INTERNAL_TARGETS)
    return any(address.version == each.version and address in each for each in networks)


def _connected(addresses: list[tuple[str, int]], ends_at: float) -> socket.socket:
    for at, address in enumerate(addresses):
        left = ends_at - monotonic()
        try:
            connected = socket.create_connection(address, timeout=max(0.1, left))
        except OSError:
            if at == len(addresses) - 1:
                raise
            continue
        connected.settimeout(max(0.1, left))
        return connected
    raise Failed(Failures.ADDRESS)
