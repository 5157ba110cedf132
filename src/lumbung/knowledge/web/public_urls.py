from django.urls import path

from lumbung.knowledge.web import article_use, training

app_name = "knowledge_public"

urlpatterns = [
    path("certificates", training.certificate_check, name="certificates"),
    path("certificates/<str:code>", training.certificate_check, name="certificate"),
    path("articles", article_use.public_list, name="articles"),
    path("articles/<int:pk>", article_use.public, name="article"),
    path("articles/<int:pk>/attachments/<int:key>", article_use.public_attachment, name="attachment"),
]
