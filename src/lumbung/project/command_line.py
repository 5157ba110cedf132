"""The command line: every command is a Django command of some part."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.project.settings")
    execute_from_command_line(["lumbung", *sys.argv[1:]])
