"""What stands beside the catalogue and the loans: visits, and the digital files of titles."""

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from lumbung.catalogue.domain.covers import LARGEST as LARGEST_COVER
from lumbung.catalogue.domain.covers import set_cover
from lumbung.catalogue.models import Record
from lumbung.digital.domain import arrivals as file_arrivals
from lumbung.digital.models import File, Levels
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.photos import LARGEST, set_photo
from lumbung.members.models import Category, Member
from lumbung.moving.domain.attached import Place, found_in, safe_path
from lumbung.moving.domain.plain import Attached, Cover, Person, Photo, Plain, Title, Visiting
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.refusals import CATEGORY_UNKNOWN, FILE_LACKING, FILE_STRANGE, MEMBER_MISSING, TITLE_MISSING
from lumbung.spaces.domain import arrivals as visit_arrivals
from lumbung.spaces.models import Visit

P = TypeVar("P", bound=Plain)


class VisitingStage(Stage[Visiting]):
    kind = Visiting
    size = 1_000

    def bring_in(self, fresh: Sequence[Visiting]) -> None:
        if self.work.pretend or not fresh:
            for row in fresh:
                self.came(row, None)
            return
        keys = [self.work.origins.key("member", row.member) for row in fresh]
        members = Member.objects.filter(pk__in={key for key in keys if key}).in_bulk()
        gate = visit_arrivals.gate_of_old(self.work.branch.pk, by=self.work.by)
        arriving = [self._arriving(row, members.get(key or 0)) for row, key in zip(fresh, keys, strict=True)]
        for row, each in zip(fresh, visit_arrivals.bring_in(arriving, gate=gate, by=self.work.by), strict=True):
            self.came(row, each)

    def _arriving(self, row: Visiting, member: Member | None) -> visit_arrivals.ArrivingVisit:
        return visit_arrivals.ArrivingVisit(
            came_at=row.came_at,
            member=member.pk if member else None,
            category=member.category_id if member else None,
            unit=member.unit if member else "",
            name=row.name,
            institution=row.institution,
            people=row.people,
            purpose=row.purpose,
        )

    def ours(self) -> QuerySet[Any]:
        return Visit.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"day": each.day.isoformat()} for each in Visit.objects.filter(pk__in=keys)}


class FromFolder(Stage[P]):
    """Rows that name a file. Without the folder nothing comes in; what the tables say of files is kept with them."""

    size = 20
    to: ClassVar[str]
    """The kind of row to which the file belongs."""

    @abstractmethod
    def whose(self, row: P) -> tuple[str, str]:
        """The source id of the row to which the file belongs, and the path of the file."""

    @abstractmethod
    def store(self, row: P, key: int, file: BinaryIO) -> int:
        """Give our row with this key the file. Returns the key of what was made."""

    @abstractmethod
    def lacking(self, source_id: str) -> Reason:
        """That the row to which the file belongs is not here."""

    @property
    def place(self) -> str:
        return self.work.options.files

    def bring_in(self, fresh: Sequence[P]) -> None:
        if not self.place:
            self.work.count(self.kind.entity, "kept", len(fresh))
            return
        with found_in(Path(self.place)) as files:
            for row in fresh:
                self._take_in(row, files)

    def _take_in(self, row: P, files: Place) -> None:
        source_id, told = self.whose(row)
        key, path = self.work.origins.key(self.to, source_id), safe_path(told)
        found = files.open(path) if path is not None else None
        reasons: list[Reason] = [] if key is not None else [self.lacking(source_id)]
        if found is None:
            reasons.append((FILE_LACKING if path is not None else FILE_STRANGE)(file=told[:200]))
        with found or nullcontext() as file:
            if file is None or key is None:
                self.work.reject(row, *reasons)
            elif self.work.pretend:
                self.came(row, None)
            else:
                self._try(row, key, file)

    def _try(self, row: P, key: int, file: BinaryIO) -> None:
        try:
            with transaction.atomic():
                made = self.store(row, key, file)
        except Refused as refused:
            self.work.reject(row, *refused.reasons)
        else:
            self.came(row, made)


class AttachedStage(FromFolder[Attached]):
    kind, to = Attached, Title.entity

    def whose(self, row: Attached) -> tuple[str, str]:
        return row.title, row.path

    def lacking(self, source_id: str) -> Reason:
        return TITLE_MISSING(title=source_id)

    def store(self, row: Attached, key: int, file: BinaryIO) -> int:
        return file_arrivals.bring_in(self._arriving(row, key), file, by=self.work.by)

    def _arriving(self, row: Attached, title: int) -> file_arrivals.ArrivingFile:
        known = {each: self.work.origins.key("category", each) for each in row.categories}
        for unknown in (each for each, key in known.items() if key is None):
            self.work.warn(row, CATEGORY_UNKNOWN(category=unknown))
        may = Category.objects.filter(pk__in=[key for key in known.values() if key is not None])
        level = Levels.GROUP if may else Levels.MEMBERS if row.for_members or row.categories else Levels.PUBLIC
        record = Record.objects.get(pk=title)
        return file_arrivals.ArrivingFile(record=record, name=row.name, label=row.label, level=level, categories=list(may))

    def ours(self) -> QuerySet[Any]:
        return File.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"name": each.name} for each in File.objects.filter(pk__in=keys)}


class FromPictures(FromFolder[P]):
    """Rows that name a picture; the place is that of pictures."""

    @property
    def place(self) -> str:
        return self.work.options.images

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {}


class CoverStage(FromPictures[Cover]):
    kind, to = Cover, Title.entity

    def whose(self, row: Cover) -> tuple[str, str]:
        return row.title, row.path

    def lacking(self, source_id: str) -> Reason:
        return TITLE_MISSING(title=source_id)

    def store(self, row: Cover, key: int, file: BinaryIO) -> int:
        return set_cover(Record.objects.listed().get(pk=key), file.read(LARGEST_COVER + 1), by=self.work.by).pk

    def ours(self) -> QuerySet[Any]:
        return Record.objects.exclude(cover="")


class PhotoStage(FromPictures[Photo]):
    kind, to = Photo, Person.entity

    def whose(self, row: Photo) -> tuple[str, str]:
        return row.member, row.path

    def lacking(self, source_id: str) -> Reason:
        return MEMBER_MISSING(member=source_id)

    def store(self, row: Photo, key: int, file: BinaryIO) -> int:
        return set_photo(Member.objects.get(pk=key), file.read(LARGEST + 1), by=self.work.by).pk

    def ours(self) -> QuerySet[Any]:
        return Member.objects.exclude(photo="")
