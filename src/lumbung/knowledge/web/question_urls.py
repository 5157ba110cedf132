"""The addresses of questions, topics and the portal's own search."""

from django.urls import path

from lumbung.knowledge.web import finding, questions

HERE = "staff/knowledge/questions"

portal = [
    path("staff/knowledge/search", finding.search, name="search"),
    path("staff/knowledge/similar", finding.similar, name="similar"),
    path("staff/knowledge/topics", finding.topics, name="topics"),
    path("staff/knowledge/topics/new", finding.topic_edit, name="topic_new"),
    path("staff/knowledge/topics/<int:pk>", finding.topic, name="topic"),
    path("staff/knowledge/topics/<int:pk>/edit", finding.topic_edit, name="topic_edit"),
    path(HERE, questions.questions, name="questions"),
    path(f"{HERE}/new", questions.new, name="question_new"),
    path(f"{HERE}/<int:pk>", questions.question, name="question"),
    path(f"{HERE}/<int:pk>/answers", questions.answers, name="answers"),
    path(f"{HERE}/<int:pk>/answers/<int:key>/settled", questions.settled, name="question_settled"),
    path(f"{HERE}/<int:pk>/article", questions.article, name="question_article"),
    path(f"{HERE}/<int:pk>/report", questions.report, name="question_report"),
    path(f"{HERE}/<int:pk>/revealing", questions.revealing, name="question_revealing"),
]
