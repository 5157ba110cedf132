"""What happens at the desk. Events hold keys and plain words of our own, never what was asked or who asked under which name."""

from datetime import date, datetime

from lumbung.kernel.events import Event, event


@event
class QuestionLogged(Event):
    """Somebody asked at the counter or by telephone, and a librarian wrote it down."""

    conversation: int
    branch: int
    asked_by: str
    question_kind: str


@event
class ConversationDescribed(Event):
    """What kind of question it was, how much work, what came of it, or when to come back to it, was set anew."""

    conversation: int
    fields: list[str]
    follow_up_on: date | None


@event
class ConversationClaimed(Event):
    """A librarian took the conversation; ``was`` is who had it."""

    conversation: int
    assignee: int
    was: int | None


@event
class ConversationClosed(Event):
    conversation: int
    outcome: str


@event
class ConversationReopened(Event):
    conversation: int


@event
class NoteAdded(Event):
    """Librarians told each other something; whoever asked does not see it."""

    conversation: int


@event
class ConversationBegun(Event):
    """Somebody wants a person, over a channel or by a form; ``assignee`` is who was on duty for it."""

    conversation: int
    asked_by: str
    assignee: int | None


@event
class QuestionAsked(Event):
    """The other side said something in an open conversation."""

    conversation: int
    incoming: int


@event
class AskerRecognized(Event):
    """The asker's chat was linked to their account while the conversation was open: it is the member's from now on."""

    conversation: int
    member: int


@event
class MessageLeftToChat(Event):
    """A message came to which nobody of the desk is talking: the chat may answer it. The desk decides first, and alone."""

    incoming: int


@event
class TargetNeared(Event):
    """An answer is due in a moment (``is_missed``: was due), and those whom it concerns were told."""

    conversation: int
    is_missed: bool
    users: list[int]


@event
class QuestionAnswered(Event):
    """A librarian answered; ``titles`` are the records shown with the answer."""

    conversation: int
    titles: list[int]


@event
class BundleMade(Event):
    """Titles, citations and ``files`` many files were put together at an address for whoever asked."""

    conversation: int
    bundle: int
    titles: list[int]
    files: int


@event
class ConversationHandedOver(Event):
    conversation: int
    assignee: int
    was: int | None


@event
class ConversationTeamed(Event):
    conversation: int
    team: int | None


@event
class ConversationMadeComplaint(Event):
    """What began as a question turned out to be a complaint: from now on the head alone sees it."""

    conversation: int
    was: int | None


@event
class ComplaintGivenBack(Event):
    """The head found that it was a question: from now on every librarian sees it."""

    conversation: int


@event
class ConversationSnoozed(Event):
    conversation: int
    until: datetime | None


@event
class ConversationsTakenBack(Event):
    """What ``user`` had in hand is nobody's again."""

    user: int
    count: int


@event
class ConversationsMerged(Event):
    """All of ``merged_conversation`` is in ``conversation`` now."""

    conversation: int
    merged_conversation: int


@event
class MergerUndone(Event):
    conversation: int
    merged_conversation: int


@event
class ConversationSplit(Event):
    """Some of what was said stands ``beside`` now."""

    conversation: int
    beside: int


@event
class ShiftAdded(Event):
    shift: int
    user: int
    at_place: str


@event
class ShiftRemoved(Event):
    shift: int
    user: int


@event
class TargetSet(Event):
    desk_target: int


@event
class ServiceTargetRemoved(Event):
    desk_target: int


@event
class TeamAdded(Event):
    team: int


@event
class TeamChanged(Event):
    team: int


@event
class TeamJoined(Event):
    team: int
    user: int
    is_guest: bool


@event
class TeamLeft(Event):
    team: int
    user: int


@event
class PhraseAdded(Event):
    phrase: int


@event
class PhraseChanged(Event):
    phrase: int


@event
class AnswerDrafted(Event):
    known_answer: int


@event
class AnswerReviewed(Event):
    known_answer: int
    valid_until: date


@event
class AnswerWithdrawn(Event):
    known_answer: int


@event
class AnswerPutBack(Event):
    """It was withdrawn by mistake, and stands as before."""

    known_answer: int


@event
class AnswerProposedAsArticle(Event):
    """A reviewed answer may become an article of the portal of knowledge. Question, text and source are what may be read there: personal
    data was taken out of them before, and whoever proposed it saw them so."""

    known_answer: int
    question: str
    text: str
    source: str
    language: str
    reviewer: int | None
    valid_until: date


@event
class RatingAsked(Event):
    conversation: int


@event
class RatingGiven(Event):
    conversation: int
    manner: int
    help: int


@event
class NeedFollowed(Event):
    conversation: int
    need_way: str


@event
class NeedTold(Event):
    """Whoever had the need knows what came of it."""

    conversation: int
    need_way: str


@event
class ConsultingHourAdded(Event):
    consulting_hour: int
    user: int


@event
class ConsultingHourRemoved(Event):
    consulting_hour: int
    user: int


@event
class AppointmentBooked(Event):
    """``user`` is the librarian."""

    appointment: int
    user: int


@event
class AppointmentMoved(Event):
    """It was held, missed or cancelled."""

    appointment: int
    status: str
