"""The other process: one task as JSON on standard input, its answer on standard output, within limits of memory and time."""

import json
import resource
import sys

from lumbung.formats.pdf.work import TASKS

MEMORY, SECONDS = 2 << 30, 100


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.load(sys.stdin)
    json.dump(TASKS[asked.pop("task")](**asked), sys.stdout)


if __name__ == "__main__":
    main()
