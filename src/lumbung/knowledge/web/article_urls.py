"""The addresses of articles in the portal, and of those that everybody may read."""

from django.urls import path

from lumbung.knowledge.web import arriving, article_use, article_writing, articles, compiling

HERE = "staff/knowledge/articles"

portal = [
    path(HERE, articles.articles, name="articles"),
    path(f"{HERE}/new", article_writing.new, name="article_new"),
    path(f"{HERE}/compile", compiling.compile_page, name="compile"),
    path(f"{HERE}/imports", arriving.imports, name="article_imports"),
    path(f"{HERE}/imports/<int:pk>", arriving.report, name="article_import"),
    path(f"{HERE}/imports/upload", arriving.upload, name="article_import_upload"),
    path(f"{HERE}/imports/<int:pk>/storing", arriving.store, name="article_import_store"),
    path(f"{HERE}/imports/<int:pk>/removal", arriving.removal, name="article_import_removal"),
    path(f"{HERE}/imports/<int:pk>/undo", arriving.undo, name="article_import_undo"),
    path(f"{HERE}/drafts", article_writing.draft, name="article_draft"),
    path(f"{HERE}/preview", article_writing.preview, name="article_preview"),
    path(f"{HERE}/<int:pk>", articles.article, name="article"),
    path(f"{HERE}/<int:pk>/edit", article_writing.edit, name="article_edit"),
    path(f"{HERE}/<int:pk>/choice", article_writing.choice, name="article_choice"),
    path(f"{HERE}/<int:pk>/draft", article_writing.draft_drop, name="article_draft_drop"),
    path(f"{HERE}/<int:pk>/versions", article_writing.versions, name="article_versions"),
    path(f"{HERE}/<int:pk>/restoration", article_writing.restoration, name="article_restoration"),
    path(f"{HERE}/<int:pk>/submission", articles.submission, name="article_submission"),
    path(f"{HERE}/<int:pk>/approval", articles.approval, name="article_approval"),
    path(f"{HERE}/<int:pk>/sending-back", articles.sending_back, name="article_sending_back"),
    path(f"{HERE}/<int:pk>/confirmation", articles.confirmation, name="article_confirmation"),
    path(f"{HERE}/<int:pk>/archiving", articles.archiving, name="article_archiving"),
    path(f"{HERE}/<int:pk>/bringing-back", articles.bringing_back, name="article_bringing_back"),
    path(f"{HERE}/<int:pk>/circle", articles.circle, name="article_circle"),
    path(f"{HERE}/<int:pk>/attachments", article_writing.attachments, name="attachments"),
    path(f"{HERE}/<int:pk>/attachments/<int:key>", article_writing.attachment, name="attachment"),
    path(f"{HERE}/<int:pk>/attachments/<int:key>/removal", article_writing.attachment_removal, name="attachment_removal"),
    path(f"{HERE}/<int:pk>/remarks", article_use.remarks, name="remarks"),
    path(f"{HERE}/<int:pk>/remarks/<int:key>/settled", article_use.remark_settled, name="remark_settled"),
    path(f"{HERE}/<int:pk>/use", article_use.use, name="article_use"),
    path(f"{HERE}/<int:pk>/use/<int:key>/agenda", article_use.use_agenda, name="use_agenda"),
    path(f"{HERE}/<int:pk>/quiz", article_use.quiz, name="quiz"),
    path(f"{HERE}/<int:pk>/quiz/questions", article_use.quiz_edit, name="quiz_edit"),
    path(f"{HERE}/<int:pk>/guides", article_use.guides, name="guides"),
    path(f"{HERE}/<int:pk>/guides/<int:key>/removal", article_use.guide_removal, name="guide_removal"),
    path("staff/knowledge/here/<str:page>", article_use.here, name="here"),
]
