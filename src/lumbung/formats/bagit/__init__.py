"""BagIt (RFC 8493): files that travel together with their digests. Ours are 1.0 and ZIP; read are 0.93 to 1.0, from ZIP, tar and tar.gz."""

from lumbung.formats.bagit.packed import Fault, Limits, NotABag
from lumbung.formats.bagit.reading import Bag, opened_bag
from lumbung.formats.bagit.writing import ALGORITHMS, DECLARATION, Payload, safe_path, write_bag

__all__ = ["ALGORITHMS", "DECLARATION", "Bag", "Fault", "Limits", "NotABag", "Payload", "opened_bag", "safe_path", "write_bag"]
