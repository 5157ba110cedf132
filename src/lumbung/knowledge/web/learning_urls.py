"""The addresses of learning paths."""

from django.urls import path

from lumbung.knowledge.web import learning

HERE = "staff/knowledge/paths"

portal = [
    path(HERE, learning.paths, name="paths"),
    path(f"{HERE}/new", learning.path_edit, name="path_new"),
    path(f"{HERE}/<int:pk>", learning.path, name="path"),
    path(f"{HERE}/<int:pk>/edit", learning.path_edit, name="path_edit"),
    path(f"{HERE}/<int:pk>/steps", learning.steps, name="path_steps"),
    path(f"{HERE}/<int:pk>/steps/<int:key>", learning.step, name="path_step"),
    path(f"{HERE}/<int:pk>/walks", learning.given, name="path_give"),
    path(f"{HERE}/walks/<int:pk>", learning.walk, name="walk"),
    path(f"{HERE}/walks/<int:pk>/steps/<int:key>", learning.walk_step, name="walk_step"),
    path(f"{HERE}/walks/<int:pk>/mentor", learning.walk_mentor, name="walk_mentor"),
    path(f"{HERE}/walks/<int:pk>/end", learning.walk_left, name="walk_leave"),
]
