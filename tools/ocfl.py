"""The validator of OCFL by another hand (ocfl-py), in an environment of its own: what it brings along fits no other.

uv fetches it the first time, and keeps it in the user's cache.
"""

import subprocess
from pathlib import Path

from tools.steps import VENV

FROM = "ocfl-py==2.1.0"
JUDGE = """
import sys, ocfl
from ocfl.validator import Validator
path = sys.argv[1]
if ocfl.find_path_type(path) == "root":
    root = ocfl.StorageRoot(root=path)
    passed = root.validate(log_warnings=True)
    print(f"root {'sound' if passed else 'unsound'}: {root.good_objects} of {root.num_objects} objects sound")
else:
    judge = Validator(log_warnings=True)
    passed = judge.validate_object(path)
    print(f"object {'sound' if passed else 'unsound'}")
    print(judge.status_str())
"""


class NotHere(Exception):
    """The validator could not be fetched; the message says why."""


def told_of(path: Path) -> list[str]:
    """The verdict about a storage root or an object, then each of its errors and warnings. Raises ``NotHere``."""
    uv = [str(VENV / "bin" / "uv"), "run", "-q", "--no-project", "--with", FROM, "python", "-c", JUDGE]
    done = subprocess.run([*uv, str(path)], capture_output=True, text=True, check=False, cwd=path)
    if not done.stdout:
        raise NotHere(f"ocfl-py: {done.stderr.strip()[-300:]}")
    return done.stdout.strip().splitlines()
