"""The Oxford Common File Layout 1.1: what stands beside a content so that any program can tell, in thirty years, what it is.

An object here has one version with one content, which never changes. Its identifier is ``urn:sha256:<hash>``; the storage root lays
objects out by extension 0003 (hash and id n-tuples), so the name of a folder says which content lies in it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

ROOT_MARK, OBJECT_MARK = "0=ocfl_1.1", "0=ocfl_object_1.1"
CONTENT = "v1/content/data"
INVENTORY = "inventory.json"
SIDECAR = "inventory.json.sha512"
EVENTS = "logs/premis.xml"
"""Where an object keeps word of what happened to it: its ``logs`` are no part of any version, and may grow."""
TYPE = "https://ocfl.io/1.1/spec/#inventory"
LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
ENCODED = "urn%3asha256%3a"


def place_of(sha256: str) -> str:
    """The folder of the object under the storage root."""
    digest = hashlib.sha256(identifier_of(sha256).encode()).hexdigest()
    return f"{digest[:3]}/{digest[3:6]}/{ENCODED}{sha256}"


def hash_of(folder: str) -> str:
    """The hash of the content that lies in the object's folder of this name; empty when it is none of ours."""
    return folder.removeprefix(ENCODED) if folder.startswith(ENCODED) else ""


def identifier_of(sha256: str) -> str:
    """The identifier of the object that has the content of this hash."""
    return f"urn:sha256:{sha256}"


def root_files() -> dict[str, bytes]:
    """What stands in a storage root beside its objects; the mark comes last, so that a root with its mark is whole."""
    layout = {
        "extension": LAYOUT,
        "description": "urn:sha256:HASH lies at abc/def/urn%3asha256%3aHASH, where abcdef begins the SHA-256 of the identifier",
    }
    config = {
        "extensionName": LAYOUT,
        "digestAlgorithm": "sha256",
        "tupleSize": 3,
        "numberOfTuples": 2,
    }
    return {
        f"extensions/{LAYOUT}/config.json": _json(config),
        "ocfl_layout.json": _json(layout),
        ROOT_MARK: b"ocfl_1.1\n",
    }


def object_files(*, sha256: str, sha512: str, created: datetime, user: Mapping[str, str]) -> dict[str, bytes]:
    """What stands in an object beside its content, in the order in which to write it: an object with its mark is whole.

    ``created`` must know its time zone; ``user`` has ``name`` and, as a URI, ``address``.
    """
    inventory = _json(_inventory(sha256, sha512, created, user))
    return with_inventory(inventory, f"{hashlib.sha512(inventory).hexdigest()} {INVENTORY}\n".encode())


def with_inventory(inventory: bytes, sidecar: bytes) -> dict[str, bytes]:
    """What stands in an object beside its content, when its inventory says this."""
    return {
        f"v1/{INVENTORY}": inventory,
        f"v1/{SIDECAR}": sidecar,
        INVENTORY: inventory,
        SIDECAR: sidecar,
        OBJECT_MARK: b"ocfl_object_1.1\n",
    }


def faults_of(inventory: bytes, sidecar: bytes, sha256: str) -> list[str]:
    """What is wrong with an object's inventory: ``sidecar`` (it is not what its sidecar says), ``inventory`` (not of this content)."""
    if sidecar.split()[:1] != [hashlib.sha512(inventory).hexdigest().encode()]:
        return ["sidecar"]
    try:
        said = json.loads(inventory)
        is_ours = said["id"] == identifier_of(sha256) and said["fixity"]["sha256"] == {sha256: [CONTENT]}
    except (ValueError, KeyError, TypeError):
        is_ours = False
    return [] if is_ours else ["inventory"]


def _inventory(sha256: str, sha512: str, created: datetime, user: Mapping[str, str]) -> dict[str, Any]:
    version = {
        "created": created.isoformat(timespec="seconds"),
        "message": "Kept as it came",
        "state": {sha512: ["data"]},
        "user": dict(user),
    }
    return {
        "id": identifier_of(sha256),
        "type": TYPE,
        "digestAlgorithm": "sha512",
        "head": "v1",
        "manifest": {sha512: [CONTENT]},
        "versions": {"v1": version},
        "fixity": {"sha256": {sha256: [CONTENT]}},
    }


def _json(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"
