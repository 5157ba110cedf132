"""What is said in a conversation, before any channel has given it its form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """One thing the other side may answer: ``label`` is shown, ``say`` is what choosing it says to us."""

    label: str
    say: str
    about: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture that goes with the words; ``words`` say what it shows to whom it cannot be shown."""

    content: bytes
    kind: str = "png"
    words: str = ""


@dataclass(frozen=True)
class Reply:
    """An answer: its text, what may be chosen next, and a picture.

    ``template`` names the approved form a channel demands outside its window, in ``language``; ``values`` fill its ``places``.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    picture: Picture | None = None
    subject: str = ""
    template: str = ""
    values: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    language: str = ""

    def as_content(self) -> dict[str, Any]:
        """Everything but text, subject and picture, as plain JSON."""
        content: dict[str, Any] = {}
        if self.choices:
            content["choices"] = [asdict(choice) for choice in self.choices]
        if self.template:
            content |= {"template": self.template, "values": list(self.values)}
            content |= {"places": list(self.places)} if self.places else {}
            content |= {"language": self.language} if self.language else {}
        return content


def choices_in(content: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The choices that ``as_content`` wrote down."""
    return tuple(Choice(**each) for each in content.get("choices", ()))
