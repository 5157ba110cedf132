from django.urls import path

from lumbung.knowledge.web import (
    access,
    article_urls,
    community_urls,
    home,
    idea_urls,
    learning_urls,
    line,
    people_urls,
    question_urls,
    training_urls,
    work_urls,
)

app_name = "knowledge"

urlpatterns = [
    path("staff/knowledge/", home.home, name="home"),
    path("staff/knowledge/networks", access.networks, name="networks"),
    path("staff/knowledge/trace/<slug:kind>/<int:key>", line.trace, name="trace"),
    path("staff/knowledge/trace/<slug:kind>/<int:key>/agenda", line.thing_agenda, name="thing_agenda"),
    path("staff/knowledge/trace/<slug:kind>/<int:key>/article", line.thing_article, name="thing_article"),
    *work_urls.portal,
    *idea_urls.portal,
    *article_urls.portal,
    *question_urls.portal,
    *community_urls.portal,
    *people_urls.portal,
    *training_urls.portal,
    *learning_urls.portal,
]
