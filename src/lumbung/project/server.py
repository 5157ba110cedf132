"""The web server: granian's processes, each with a few threads of Django."""

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

THREADS = 4


def web_server(host: str, port: int, processes: int) -> MPServer:
    """A server ready to ``serve()`` until it is told to stop; a process that dies is replaced."""
    return MPServer(
        "lumbung.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        backpressure=256,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=10,
    )
