"""The members of an archive, and those of archives within it, as DSpace packs its items: each known by one name."""

import zipfile
from collections.abc import Mapping
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from lumbung.digital.domain.kinds import BROKEN
from lumbung.digital.refusals import BATCH_UNREADABLE
from lumbung.kernel.refusals import Refused

LARGEST_TOLD = 64 << 20
"""Tables and XML larger than this are not read: a thousand works take a tenth of it."""
MOST_PACKED = 5_000


class Members:
    """``package.zip/file.pdf`` is the file of a package that is a member itself; deeper ones are only files."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._places: dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]] = {}
        packages = []
        for info in archive.infolist():
            self._places[info.filename] = (archive, info)
            if info.filename.lower().endswith(".zip") and "__MACOSX" not in info.filename:
                packages.append(info)
        for info in packages[:MOST_PACKED]:
            try:
                within = zipfile.ZipFile(archive.open(info))
            except BROKEN:  # no package, then, but a file like others
                continue
            self._places |= {f"{info.filename}/{each.filename}": (within, each) for each in within.infolist()}

    @property
    def names(self) -> Mapping[str, object]:
        """Of files, in their order; asking whether a name is there costs nothing."""
        return self._places

    def open(self, name: str) -> IO[bytes]:
        archive, info = self._places[name]
        return archive.open(info)

    def read(self, name: str) -> bytes:
        """A table or description, whole. Refuses one that is too large to be one."""
        archive, info = self._places[name]
        if info.file_size > LARGEST_TOLD:
            raise Refused(BATCH_UNREADABLE(reason=name))
        return archive.read(info)

    def tree(self, name: str) -> Element:
        """The XML document, in which no entity is expanded and nothing is fetched. Refuses what is none."""
        try:
            root: Element = fromstring(self.read(name), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise Refused(BATCH_UNREADABLE(reason=name)) from error
        return root
