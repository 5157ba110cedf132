"""The other process: paths as JSON on standard input, what Siegfried says of them on standard output, within limits of time."""

import json
import resource
import sys

import pygfried

SECONDS = 100


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    json.dump(pygfried.identify_many(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
