"""Addresses of what members do for themselves, and of what anybody may check."""

from django.urls import path

from lumbung.members.web import my_clearance, verification

app_name = "membership"

urlpatterns = [
    path("my/clearance", my_clearance.clearances, name="clearances"),
    path("my/clearance/<int:pk>", my_clearance.clearance, name="clearance"),
    path("my/clearance/<int:pk>/conditions/<int:condition>", my_clearance.give_file, name="clearance_file"),
    path("my/clearance/letters/<int:pk>", my_clearance.letter, name="clearance_letter"),
    path("verify", verification.verify, name="verify"),
    path("verify/<str:code>", verification.verified, name="verified"),
]
