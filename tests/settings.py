"""The settings tests run under: the program's own, in a data folder of their own, with the slow and the outside left out."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="lumbung-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LUMBUNG_DATA"] = _folder
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in the thread of the test

from lumbung.project.settings import *  # noqa: E402, F403 -- the data folder must be set first
from lumbung.project.settings import DATABASES, OLD_HASHERS, STORAGES  # noqa: E402 -- named, because they are changed below

# A file and not memory: a shared in-memory SQLite locks whole tables, which no installation does.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": Path(_folder) / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *OLD_HASHERS]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
