"""What the desk does with titles, through parts it does not know: they register at start-up how titles are found and held."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from lumbung.kernel import events
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.search.queries import NotReady


@dataclass(frozen=True)
class Title:
    """A title as it is shown beside the composer and sent in an answer: what it is, whether it is to be had, where it has its page."""

    record: int
    name: str
    about: str
    availability: str
    url: str

    @property
    def line(self) -> str:
        """In an answer, without any markup; its address only where that leads there from anywhere."""
        address = self.url if "://" in self.url else ""
        return "\n".join(filter(None, [self.name, " · ".join(filter(None, [self.about, self.availability])), address]))


def listed(titles: Sequence[Title], first: int = 1) -> list[str]:
    """These titles as they are said in an answer, numbered from ``first``."""
    return [f"{at}. {each.line}" for at, each in enumerate(titles, start=first)]


Find = Callable[[str], Sequence[Title]]
Tell = Callable[[Sequence[int]], Sequence[Title]]
Alike = Callable[[Sequence[int]], Sequence[Title]]
Hold = Callable[[int, Member, Branch, events.Actor], None]
Cite = Callable[[Sequence[int], str, str], Sequence[str]]
Styles = Callable[[], Sequence[tuple[str, str]]]
Export = Callable[[Sequence[int], str], tuple[str, str]]
Subjects = Callable[[Collection[int]], Mapping[int, str]]
_ways: dict[str, Callable[..., object]] = {}


def register(
    *, find: Find, tell: Tell, alike: Alike, hold: Hold, cite: Cite, styles: Styles, export: Export, subjects: Subjects
) -> None:
    """Called once, at start-up: how titles are found by words, told by key, likened to others, held for a member (refusing as that
    verb does), cited in a style and a language, in which styles, written as a file for reference managers (``ris``, ``bib``), and
    about which subject each is."""
    _ways.update(find=find, tell=tell, alike=alike, hold=hold, cite=cite, styles=styles, export=export, subjects=subjects)


def titles_for(words: str) -> list[Title] | None:
    """A few titles for these words, the best first; None while nothing can be searched."""
    try:
        return list(_ways["find"](words)) if words.strip() and "find" in _ways else []  # type: ignore[call-overload]
    except NotReady:
        return None


def titles_of(keys: Sequence[int]) -> list[Title]:
    """These titles, as they are today, without those that are gone."""
    return list(_ways["tell"](keys)) if keys and "tell" in _ways else []  # type: ignore[call-overload]


def subjects_of(keys: Collection[int]) -> dict[int, str]:
    """The subject of each of these titles, as it is called on the shelf, where it has one."""
    return dict(_ways["subjects"](keys)) if keys and "subjects" in _ways else {}  # type: ignore[call-overload]


def titles_like(keys: Sequence[int]) -> list[Title]:
    """A few titles about the same as these, none of them among these."""
    return list(_ways["alike"](keys)) if keys and "alike" in _ways else []  # type: ignore[call-overload]


def citations_of(keys: Sequence[int], style: str, language: str) -> list[str]:
    """These titles as a bibliography in the style, as safe HTML, in the order of that style."""
    return list(_ways["cite"](keys, style, language)) if keys and "cite" in _ways else []  # type: ignore[call-overload]


def citation_styles() -> list[tuple[str, str]]:
    """The styles there are: the word for each and its name."""
    return list(_ways["styles"]()) if "styles" in _ways else []  # type: ignore[call-overload]


def exported(keys: Sequence[int], form: str) -> tuple[str, str]:
    """These titles as a file for reference managers, and its content type. Raises KeyError for a form there is not."""
    return _ways["export"](keys, form)  # type: ignore[return-value]


def place_hold(record: int, *, member: Member, at: Branch, by: events.Actor) -> None:
    """Hold the title for the asker. Refuses as circulation does."""
    _ways["hold"](record, member, at, by)
