"""A throw-away OpenSearch cluster for tests and measurements: one node or several on this machine, gone afterwards.

Maven fetches the server and what it needs, as ``tools/opensearch_node/pom.xml`` lists them; they are kept in the user's cache.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.postgres import lesser_user

FILES = Path(__file__).resolve().parent / "opensearch_node"
NETWORK = "transport-netty4"
PATIENCE = 120.0
SETTINGS = {
    "cluster.name": "lumbung-throw-away",
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "bootstrap.system_call_filter": "false",
    "action.auto_create_index": "false",
}
JAVA = (
    "-XX:+UseSerialGC", "-Djava.security.manager=allow", "-Djna.nosys=true", "-Djava.awt.headless=true", "-Dlog4j2.disable.jmx=true",
)  # fmt: skip
HASTE = ("-Xms256m", "-Xmx512m", "-XX:TieredStopAtLevel=1")
MEASURED = ("-Xms1g", "-Xmx1g")


class NotHere(Exception):
    """OpenSearch cannot be run on this machine; the message says what is missing."""


@dataclass
class Node:
    """One running server; ``url`` is where it answers."""

    name: str
    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def cluster(nodes: int = 1, *, measured: bool = False, settings: Mapping[str, str] | None = None) -> Iterator[list[Node]]:
    """Within the block a cluster of so many nodes runs; stopped whatever happens. Raises ``NotHere``.

    Only the first node rules the cluster; the others hold data, so that any of them may be killed. ``measured``: with the
    memory and the compiler of a server that is to be fast, instead of one that is to start soon. ``settings`` stand in
    ``opensearch.yml`` beside those every node has.
    """
    jars = _jars()
    folder = Path(tempfile.mkdtemp(prefix="lumbung-opensearch-"))
    running: list[Node] = []
    try:
        ports = _free_ports(2 * nodes)
        seeds = ",".join(f"127.0.0.1:{port}" for port in ports[nodes:])
        for number in range(nodes):
            home = _home(folder / str(number), jars)
            own = {
                **SETTINGS,
                **(settings or {}),
                "node.name": f"node-{number}",
                "node.roles": "[cluster_manager, data]" if number == 0 else "[data]",
                "http.port": str(ports[number]),
                "transport.port": str(ports[nodes + number]),
                **({"discovery.type": "single-node"} if nodes == 1 else _discovery(seeds)),
            }
            running.append(_start(home, own, MEASURED if measured else HASTE))
        _wait(running, folder)
        yield running
    finally:
        for node in running:
            node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _discovery(seeds: str) -> dict[str, str]:
    return {"discovery.seed_hosts": f"[{seeds}]", "cluster.initial_cluster_manager_nodes": "[node-0]"}


def _jars() -> Path:
    """The folder of the server's files, fetched the first time."""
    for program, package in (("java", "default-jre-headless"), ("mvn", "maven")):
        if shutil.which(program) is None:
            raise NotHere(f"OpenSearch: {program} is not here (Debian: apt install {package})")
    pom = FILES / "pom.xml"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lumbung"
    kept = cache / f"opensearch-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    if not kept.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as fetched:
            jars = Path(fetched) / "jars"
            command = ["mvn", "-B", "-q", "-C", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode:
                raise NotHere(f"OpenSearch: its files could not be fetched\n{done.stdout[-800:]}")
            if not kept.is_dir():  # another process may have been quicker
                jars.rename(kept)
    return kept


def _home(home: Path, jars: Path) -> Path:
    """A folder laid out as the server wants it; what it needs for the network is a module with a class path of its own."""
    module = home / "modules" / NETWORK
    shutil.copytree(FILES / NETWORK, module)
    for name in ("lib", "config", "data", "logs", "own"):
        (home / name).mkdir()
    shutil.copy(FILES / "log4j2.properties", home / "config")
    for jar in jars.glob("*.jar"):
        shutil.copy(jar, module if jar.name.startswith(("netty-", NETWORK)) else home / "lib")
    return home


def _start(home: Path, settings: dict[str, str], memory: tuple[str, ...]) -> Node:
    config = home / "config"
    (config / "opensearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()), encoding="ascii")
    user = lesser_user() if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        home.parent.chmod(0o755)
        for path in (home, *home.rglob("*")):
            shutil.chown(path, user=user)
    places = (f"-Djava.io.tmpdir={home}/own", f"-Dopensearch.path.home={home}", f"-Dopensearch.path.conf={config}")
    command = ["java", *JAVA, *memory, *places, "-cp", f"{home}/lib/*", "org.opensearch.bootstrap.OpenSearch"]
    with (home / "logs" / "out").open("wb") as log:
        process = subprocess.Popen(command, cwd=home, stdout=log, stderr=log, user=user, extra_groups=[] if user else None)
    return Node(settings["node.name"], f"http://127.0.0.1:{settings['http.port']}", process)


def _wait(nodes: list[Node], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    asked = f"{nodes[0].url}/_cluster/health?wait_for_nodes={len(nodes)}&timeout=30s"
    while not _answers(asked) or not all(_answers(node.url) for node in nodes):
        if time.monotonic() > deadline or any(node.process.poll() is not None for node in nodes):
            logs = "\n".join(path.read_text(errors="replace")[-1500:] for path in folder.glob("*/logs/out"))
            raise NotHere(f"OpenSearch: it does not start\n{logs}")
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=40) as answer:  # noqa: S310 -- an address made above
            return bool(answer.status == 200)  # noqa: PLR2004 -- OK
    except OSError:
        return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
