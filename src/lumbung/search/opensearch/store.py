"""The indices of the library in the cluster. An alias names the one in use; a new one is built beside it and takes the alias over."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lumbung.kernel.jobs import leases
from lumbung.search.interface import Condition, NotReady
from lumbung.search.opensearch.address import Address
from lumbung.search.opensearch.client import Client, Declined
from lumbung.search.opensearch.mapping import WHILE_FILLED, template, version, while_serving

SLOW, SOON = 120.0, 2.0
COPIED_WITHIN = 60
GIVEN_UP_AFTER = 300
"""Seconds for which no node has had a part of the index: one that is only started anew is back before."""


class Store:
    """What the cluster holds under the name of one library.

    The alias carries the version of the fields, so that while machines are brought up to date one by one, those with the older
    program go on with the older index until the newer one is whole.
    """

    def __init__(self, client: Client, address: Address) -> None:
        self._client = client
        self._address = address
        self.alias = f"{address.name}-v{version()}"

    def condition(self) -> Condition:
        """Raises ``NotReady`` when the cluster cannot say."""
        held = self._indices()
        if not any(self.alias in aliases for aliases in held.values()):
            return Condition.OUTDATED if any(held.values()) else Condition.MISSING
        health = self._client.ask("GET", f"_cluster/health/{self.alias}")
        if health["status"] != "red":
            return Condition.READY
        return Condition.LOST if self._has_lost_a_part() else Condition.UNREACHABLE

    def is_kept(self) -> bool:
        """Whether there is an index in use, and whole as far as it is this program's: none is built over what machines with another ask."""
        held = self._indices(patience=SOON)
        own = any(self.alias in aliases for aliases in held.values())
        return any(held.values()) and not (own and self._has_lost_a_part())

    def _has_lost_a_part(self) -> bool:
        asked = f"_cat/shards/{self.alias}?format=json&time=s&h=prirep,state,unassigned.for"
        shards: Any = self._client.ask("GET", asked, patience=SOON)
        away = (each for each in shards if each["prirep"] == "p" and each["state"] != "STARTED")
        return any(int(each["unassigned.for"] or 0) >= GIVEN_UP_AFTER for each in away)

    @contextmanager
    def lock_for_building(self) -> Iterator["Lock"]:
        """Two processes must not build at once, on whatever machine. Raises ``NotReady`` when another one does."""
        lock = Lock(f"search:{self._address.name}")
        lock.lengthen()
        try:
            yield lock
        finally:
            lock.give_back()

    def new_index(self) -> str:
        """An empty index, named so that it is no other one; what rebuilds that died have left is removed first."""
        self._remove([name for name, aliases in self._indices().items() if not aliases])
        self._client.ask("PUT", f"_index_template/{self.alias}", template(f"{self.alias}-*", self._address))
        name = f"{self.alias}-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{secrets.token_hex(3)}"
        self._client.ask("PUT", name, {"settings": {"index": WHILE_FILLED}}, patience=SLOW)
        return name

    def use(self, name: str) -> None:
        """Make the index, once copied as often as it shall be, the one in use, and remove all others in the same step."""
        self._client.ask("POST", f"{name}/_flush", patience=SLOW)
        self._client.ask("PUT", f"{name}/_settings", {"index": while_serving(self._address)}, patience=SLOW)
        self._client.ask("POST", f"{name}/_refresh", patience=SLOW)
        self._wait_for_copies(name)
        others = [other for other in self._indices() if other != name]
        actions = [{"add": {"index": name, "alias": self.alias}}, *({"remove_index": {"index": other}} for other in others)]
        self._client.ask("POST", "_aliases", {"actions": actions}, patience=SLOW)

    def throw_away(self, name: str) -> None:
        self._remove([name])

    def _wait_for_copies(self, name: str) -> None:
        """Not for ever: a cluster of too few nodes serves with fewer copies."""
        try:
            self._client.ask(
                "GET", f"_cluster/health/{name}?wait_for_status=green&timeout={COPIED_WITHIN}s", patience=COPIED_WITHIN + SLOW
            )
        except Declined as declined:
            if declined.status != 408:  # noqa: PLR2004 -- not green in time
                raise

    def _indices(self, *, patience: float | None = None) -> dict[str, list[str]]:
        """The aliases of each index of this library, of whatever version."""
        found = self._client.ask("GET", f"{self._address.name}-v*/_alias?expand_wildcards=all", patience=patience)
        return {name: list(index["aliases"]) for name, index in found.items()}

    def _remove(self, names: list[str]) -> None:
        for name in names:
            self._client.ask("DELETE", f"{name}?ignore_unavailable=true", patience=SLOW)


class Lock:
    """The right to build, held through the database that all processes share."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._holder = leases.new_holder()
        self._until = 0.0

    def lengthen(self) -> None:
        """Keep the right for a while. Raises ``NotReady`` when another process has it."""
        if time.monotonic() < self._until:
            return
        if not leases.take(self._name, self._holder):
            raise NotReady("another process is building the index")
        self._until = time.monotonic() + leases.LENGTH.total_seconds() / 4

    def give_back(self) -> None:
        leases.give_up(self._holder, self._name)
