"""Addresses of what members do for themselves, and of what anybody may check."""

from django.urls import path

from lumbung.members.web import my_clearance, my_privacy, verification

app_name = "membership"

urlpatterns = [
    path("my/clearance", my_clearance.clearances, name="clearances"),
    path("my/clearance/<int:pk>", my_clearance.clearance, name="clearance"),
    path("my/clearance/<int:pk>/conditions/<int:condition>", my_clearance.give_file, name="clearance_file"),
    path("my/clearance/letters/<int:pk>", my_clearance.letter, name="clearance_letter"),
    path("my/privacy", my_privacy.privacy, name="privacy"),
    path("my/privacy.json", my_privacy.data, name="data"),
    path("my/privacy/consents/<int:pk>", my_privacy.consent, name="consent"),
    path("my/privacy/requests", my_privacy.ask, name="privacy_ask"),
    path("verify", verification.verify, name="verify"),
    path("verify/<str:code>", verification.verified, name="verified"),
]
