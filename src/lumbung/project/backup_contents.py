"""Digital contents and backups. What lies in the data folder comes along with it; what lies elsewhere (S3, another disk) comes along when
asked, and is named in the manifest either way, so that nobody takes a backup for more than it is."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lumbung.digital.domain import places, store
from lumbung.digital.models import DepositFile, File, IncomingFile
from lumbung.kernel.manifests import Manifest
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.words import number

CONTENTS = "contents"
BLOCK = 1 << 20


def elsewhere() -> str:
    """The name of the place of digital contents, if that is not the data folder; otherwise empty."""
    first = places.first()
    if first.is_remote or not Path(first.name).resolve().is_relative_to(Path(settings.DATA).resolve()):
        return first.name
    return ""


def contents() -> dict[str, int]:
    """The size of every content that something refers to, by hash."""
    found: dict[str, int] = {}
    for model in (File, DepositFile, IncomingFile):
        rows = model._default_manager.exclude(sha256="").values_list("sha256", "size")  # noqa: SLF001 -- Django's published name
        found.update(rows.distinct().order_by("sha256"))
    return found


def copy_contents(folder: Path, wanted: dict[str, int]) -> None:
    """Copy these contents into the backup. One that is damaged or not there is left out, and so told by ``told_of``.

    Raises ``OSError`` when the place does not answer: a backup that was to have them would not.
    """
    places.first().ask()
    for sha256 in wanted:
        target = folder / CONTENTS / sha256[:2] / sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            digest = _copied(sha256, target)
        except Refused:
            places.first().ask()
            digest = ""
        if digest != sha256:
            target.unlink(missing_ok=True)


def put_back(folder: Path) -> None:
    """Keep the contents of the backup where contents are kept now, unless they are there."""
    for path in sorted((folder / CONTENTS).glob("??/*")):
        with path.open("rb") as file:
            sha512 = hashlib.file_digest(file, "sha512").hexdigest()
        if not places.first().is_whole(path.name):
            places.first().keep(path.name, path, store.description_of(path.name, sha512))


def brought(manifest: Manifest) -> set[str]:
    """The hashes of the contents that the backup brings along beside its data folder."""
    return {path.rpartition("/")[2] for path in manifest.files if path.startswith(f"{CONTENTS}/")}


def told_of(manifest: Manifest) -> Iterator[str]:
    """In words what the backup has of digital contents, a sentence each; nothing where they lie in the data folder."""
    if not manifest.elsewhere:
        return
    there = brought(manifest)
    absent = [each for each in manifest.contents if each not in there]
    if there or not absent:
        told = _("Berkas digital: %(count)s isi dari %(place)s ikut dalam cadangan ini.")
        yield told % {"count": len(there), "place": manifest.elsewhere}
        if absent:
            told = _("PERHATIAN: %(count)s isi rusak atau hilang di sana dan tidak ikut, misalnya %(example)s.")
            yield told % {"count": len(absent), "example": absent[0][:12]}
        return
    size = number(sum(manifest.contents.values()) / (1 << 20), 1)
    told = _("PERHATIAN: %(count)s isi berkas digital (%(size)s MB) TIDAK ikut; mereka tinggal di %(place)s.")
    yield told % {"count": len(absent), "size": size, "place": manifest.elsewhere}
    yield _("Cadangan ini menyebut sidik jarinya saja. Untuk menyertakannya: lumbung backup DIR --with-contents")


def proved(manifest: Manifest, count: int) -> Iterator[str]:
    """What the drill may say after it read ``count`` contents: whether they came from the backup, or from where they lie outside it."""
    facts = {"count": count, "place": manifest.elsewhere}
    if not manifest.elsewhere:
        yield _("Berkas digital: %(count)s isi dibaca utuh dan cocok dengan sidik jarinya.") % facts
    elif brought(manifest):
        told = _("Berkas digital: %(count)s isi dibaca utuh dan cocok dengan sidik jarinya, semuanya dari cadangan ini.")
        yield told % facts
    else:
        yield _("Berkas digital: %(count)s isi dibaca utuh dan cocok dengan sidik jarinya di %(place)s.") % facts
        if count:
            yield _(
                "PERHATIAN: isi itu TIDAK ada dalam cadangan ini; "
                "bila tempat itu hilang, cadangan ini saja tidak mengembalikannya."
            )


def _copied(sha256: str, target: Path) -> str:
    digest = hashlib.sha256()
    with store.opened(sha256) as file, target.open("wb") as copy:
        while block := file.read(BLOCK):
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()
