"""The addresses of training."""

from django.urls import path

from lumbung.knowledge.web import training

HERE = "staff/knowledge/training"
SESSION = "staff/knowledge/sessions/<int:pk>"

portal = [
    path(HERE, training.courses, name="courses"),
    path(f"{HERE}/new", training.course_edit, name="course_new"),
    path(f"{HERE}/<int:pk>", training.course, name="course"),
    path(f"{HERE}/<int:pk>/edit", training.course_edit, name="course_edit"),
    path(f"{HERE}/<int:pk>/offer", training.offer, name="course_offer"),
    path(f"{SESSION}/enrolment", training.enrolment, name="enrolment"),
    path(f"{SESSION}/certificates", training.certificates, name="certificates"),
    path(f"{SESSION}/certificates/<int:key>", training.certificate_paper, name="certificate"),
    path(f"{SESSION}/certificates/<int:key>/revocation", training.revocation, name="certificate_revocation"),
]
