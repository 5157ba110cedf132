"""Files in forms of the desk, read whole; what they are the verbs judge."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from lumbung.desk.domain.bundles import MOST_BYTES, Enclosed


class FilesInput(forms.FileInput):
    """Several at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class FilesField(forms.Field):
    """A list of ``Enclosed``, empty for none. Of one that is far too large no more is read than shows it."""

    widget = FilesInput

    def to_python(self, value: Any) -> list[Enclosed]:
        return [Enclosed(each.name or "", each.read(MOST_BYTES + 1)) for each in value or []]
