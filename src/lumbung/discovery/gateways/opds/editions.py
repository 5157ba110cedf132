"""The two ways in which every feed is written, and the addresses of each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from lumbung.formats.opds.shapes import ACQUISITION_1, ENTRY_1, FEED_2, NAVIGATION_1, PUBLICATION_2

NAMES = ("2", "1.2")


@dataclass(frozen=True)
class Edition:
    """One of NAMES, for one request."""

    request: HttpRequest
    name: str

    @property
    def is_json(self) -> bool:
        return self.name == NAMES[0]

    @property
    def feeds(self) -> str:
        """The media type of feeds of titles."""
        return FEED_2 if self.is_json else ACQUISITION_1

    @property
    def ways(self) -> str:
        """The media type of feeds that lead on."""
        return FEED_2 if self.is_json else NAVIGATION_1

    @property
    def titles(self) -> str:
        """The media type of one title."""
        return PUBLICATION_2 if self.is_json else ENTRY_1

    def href(self, view: str, *args: object, **parameters: object) -> str:
        """The whole address of one of our feeds."""
        told = urlencode([(name, value) for name, value in parameters.items() if value not in ("", None)])
        return self.whole(reverse(f"opds:{view}", args=[self.name, *args])) + (f"?{told}" if told else "")

    def whole(self, path: str) -> str:
        return self.request.build_absolute_uri(path)

    @property
    def sign_in(self) -> str:
        return self.whole(reverse("opds:authentication"))


def edition_of(request: HttpRequest, name: str) -> Edition:
    if name not in NAMES:
        raise Http404
    return Edition(request, name)
