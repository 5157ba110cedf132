"""A harvester of another hand, in a process of its own: ``python foreign_harvester.py sickle|scythe ADDRESS``.

Reads lines of JSON, a harvest each: ``{"from": …, "halt_after": n}``. After so many records it says ``"half"`` and waits for a line, in
the middle of its harvest; at the end it tells for each identifier the title, or null for one that was deleted, and until when it knows all.
"""

import json
import sys
import urllib.request
import warnings
from collections.abc import Iterator
from typing import Any

from lxml import etree
from oaipmh_scythe import Scythe

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # sickle's own source has escapes that Python no longer likes
    from sickle import Sickle

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def records(client: str, address: str, since: str | None) -> Iterator[Any]:
    if client == "sickle":
        return iter(Sickle(address).ListRecords(metadataPrefix="oai_dc", **({"from": since} if since else {})))
    return iter(Scythe(address).list_records(metadata_prefix="oai_dc", from_=since))


def until(address: str) -> str:
    """The moment by the clock of the repository: the next harvest begins there."""
    with urllib.request.urlopen(f"{address}?verb=Identify") as answer:  # noqa: S310 -- on this machine
        return str(etree.parse(answer).findtext(f"{OAI}responseDate"))


def harvested(client: str, address: str, asked: dict[str, Any]) -> dict[str, Any]:
    now, told = until(address), {}
    for count, each in enumerate(records(client, address, asked["from"]), 1):
        told[each.header.identifier] = None if each.header.deleted else each.metadata["title"][0]
        if count == asked["halt_after"]:
            say("half")
            sys.stdin.readline()
    return {"told": told, "until": now}


def say(told: Any) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        say(harvested(sys.argv[1], sys.argv[2], json.loads(line)))
