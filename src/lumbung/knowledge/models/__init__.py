from lumbung.knowledge.models.arrival import ArticleImport, ImportedDocument
from lumbung.knowledge.models.article import Article, ArticleDraft, ArticleFile, ArticleVersion, Contribution, PageGuide
from lumbung.knowledge.models.board import Board, BoardTask
from lumbung.knowledge.models.community import Community, Goal, Membership
from lumbung.knowledge.models.findable import Findable
from lumbung.knowledge.models.idea import Consultation, ConsultationComment, ConsultationVote, Idea, IdeaVote, Issue
from lumbung.knowledge.models.interview import Interview, InterviewAnswer
from lumbung.knowledge.models.intranet import Intranet
from lumbung.knowledge.models.keeping import Audit, AuditLine, HandOver, HandOverItem
from lumbung.knowledge.models.learning import LearningPath, PathStep, StepDone, Walk
from lumbung.knowledge.models.minutes import Action, Approval, SessionDecision, SessionMinutes
from lumbung.knowledge.models.person import Award, AwardCriterion, Expertise, PlanItem, Profile, Skill, Thanks
from lumbung.knowledge.models.question import Answer, Question
from lumbung.knowledge.models.reuse import QuizQuestion, Remark, Use
from lumbung.knowledge.models.session import (
    AgendaPoint,
    Attendance,
    PollAnswer,
    PollOption,
    Series,
    SeriesHost,
    Session,
    SessionPicture,
)
from lumbung.knowledge.models.sharing import Introduction, SharingTime
from lumbung.knowledge.models.signal import Feed, Incident, Signal, TalkPlan
from lumbung.knowledge.models.survey import SurveyQuestion, SurveyReturn, SurveyRun, SurveyTally
from lumbung.knowledge.models.topic import Topic
from lumbung.knowledge.models.trace import Trace
from lumbung.knowledge.models.training import Enrolment, Training

__all__ = [
    "Action",
    "AgendaPoint",
    "Answer",
    "Approval",
    "Article",
    "ArticleDraft",
    "ArticleFile",
    "ArticleImport",
    "ArticleVersion",
    "Attendance",
    "Audit",
    "AuditLine",
    "Award",
    "AwardCriterion",
    "Board",
    "BoardTask",
    "Community",
    "Consultation",
    "ConsultationComment",
    "ConsultationVote",
    "Contribution",
    "Enrolment",
    "Expertise",
    "Feed",
    "Findable",
    "Goal",
    "HandOver",
    "HandOverItem",
    "Idea",
    "IdeaVote",
    "ImportedDocument",
    "Incident",
    "Interview",
    "InterviewAnswer",
    "Intranet",
    "Introduction",
    "Issue",
    "LearningPath",
    "Membership",
    "PageGuide",
    "PathStep",
    "PlanItem",
    "PollAnswer",
    "PollOption",
    "Profile",
    "Question",
    "QuizQuestion",
    "Remark",
    "Series",
    "SeriesHost",
    "Session",
    "SessionDecision",
    "SessionMinutes",
    "SessionPicture",
    "SharingTime",
    "Signal",
    "Skill",
    "StepDone",
    "SurveyQuestion",
    "SurveyReturn",
    "SurveyRun",
    "SurveyTally",
    "TalkPlan",
    "Thanks",
    "Topic",
    "Trace",
    "Training",
    "Use",
    "Walk",
]
