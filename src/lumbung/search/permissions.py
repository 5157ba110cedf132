"""What one may be allowed to do in this part."""

from lumbung.kernel.permissions import declare

WORDS = declare("search.words", {"librarian", "head"})
"""Say which words belong together."""
