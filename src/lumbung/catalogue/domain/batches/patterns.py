"""Finding and replacing text, as written or by a pattern; a pattern that takes too long is stopped."""

from dataclasses import dataclass
from typing import Any

from lumbung.catalogue.refusals import PATTERN_TOO_SLOW, PATTERN_WRONG
from lumbung.kernel.refusals import Reason, Refused

SECONDS = 0.5
LONGEST = 500


@dataclass(frozen=True)
class Search:
    """What is looked for. With ``regex`` ``find`` is a pattern, and what replaces it may name its groups.

    Without ``same_case`` capitals and small letters are the same.
    """

    find: str
    regex: bool = False
    same_case: bool = False

    def fault(self, put: str = "") -> Reason | None:
        """Why the pattern, or what it is replaced by, cannot be used."""
        import regex  # noqa: PLC0415 -- few processes ever need it

        if len(self.find) > LONGEST or len(put) > LONGEST:
            return PATTERN_WRONG(pattern=self.find[:40], error=f"> {LONGEST}")
        try:
            self._pattern()
            if self.regex:
                regex.compile(f"(?:{self.find})|").sub(put, "")  # the template is read even where nothing stands
        except (regex.error, IndexError, OverflowError) as error:
            return PATTERN_WRONG(pattern=self.find, error=str(error))
        return None

    def is_in(self, text: str) -> bool:
        """Whether it occurs; nothing to look for occurs everywhere."""
        if not self.find:
            return True
        try:
            return self._pattern().search(text, timeout=SECONDS) is not None
        except TimeoutError:
            raise Refused(PATTERN_TOO_SLOW(pattern=self.find)) from None

    def replaced(self, text: str, put: str) -> str:
        """The text with ``put`` wherever it occurs; with nothing to look for, ``put`` in place of the whole."""
        if not self.find:
            return put
        try:
            return str(self._pattern().sub(put if self.regex else lambda found: put, text, timeout=SECONDS))
        except TimeoutError:
            raise Refused(PATTERN_TOO_SLOW(pattern=self.find)) from None

    def _pattern(self) -> Any:
        import regex  # noqa: PLC0415 -- see above

        flags = regex.UNICODE | (0 if self.same_case else regex.IGNORECASE)
        return regex.compile(self.find if self.regex else regex.escape(self.find), flags)
