"""Ninja, loaded without Django's test package: Ninja asks it for one signal, and it would bring a test client, unittest and Jinja along.

Import this before Ninja. Where the test package is there already, as under pytest, nothing is different.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import django

PACKAGE = "django.test"

if PACKAGE not in sys.modules:
    bare = ModuleType(PACKAGE)
    bare.__path__ = [str(Path(django.__file__).parent / "test")]
    sys.modules[PACKAGE] = bare
    try:
        import_module("ninja")
    finally:
        del sys.modules[PACKAGE]
