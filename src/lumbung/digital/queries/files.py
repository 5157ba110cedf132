"""The files of titles."""

from collections.abc import Collection

from django.db.models import QuerySet, prefetch_related_objects

from lumbung.catalogue.models import Record
from lumbung.digital.models import File, Levels
from lumbung.kernel.remembered import remembered


@remembered(seconds=5)
def there_are_files() -> bool:
    """Whether any title has a file: where none has, no page asks for them."""
    return File.objects.exists()


def files_of(record: Record) -> list[File]:
    """The files of a title in their order, those withdrawn among them, without older versions: ready for ``access_to``."""
    return files_of_records([record.pk]) if there_are_files() else []


def files_of_records(keys: Collection[int]) -> list[File]:
    """The same of many titles at once, in the order of their keys. The groups are read only where a file is for some."""
    return grouped(titled().filter(record__in=keys, replaced_by__isnull=True).order_by("record", "sequence", "pk"))


def grouped(chosen: QuerySet[File]) -> list[File]:
    """These files with the groups they are for at hand, which are read only where a file is for some."""
    files = list(chosen)
    prefetch_related_objects([file for file in files if file.level == Levels.GROUP], "categories", "programmes")
    return files


def titled() -> QuerySet[File]:
    """Every file with its title, without the MARC, and how it is lent at hand."""
    return File.objects.select_related("record", "lending").defer("record__marc", "record__findable")


def versions_of(file: File) -> list[File]:
    """The versions that came before this one, the latest first."""
    older: list[File] = []
    each = File.objects.filter(replaced_by=file.pk).first()
    while each is not None:
        older.append(each)
        each = File.objects.filter(replaced_by=each.pk).first()
    return older
