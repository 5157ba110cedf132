"""Addresses of what members do for themselves, and of what anybody may check."""

from django.urls import path

from lumbung.members.web import cards, joining, my_channels, my_clearance, my_privacy, retention, verification

app_name = "membership"

urlpatterns = [
    path("my/photo", cards.my_photo, name="photo"),
    path("my/clearance", my_clearance.clearances, name="clearances"),
    path("my/clearance/<int:pk>", my_clearance.clearance, name="clearance"),
    path("my/clearance/<int:pk>/conditions/<int:condition>", my_clearance.give_file, name="clearance_file"),
    path("my/clearance/letters/<int:pk>", my_clearance.letter, name="clearance_letter"),
    path("my/channels", my_channels.channels, name="channels"),
    path("my/channels/code", my_channels.code, name="channel_code"),
    path("my/channels/<int:pk>", my_channels.channel, name="channel"),
    path("my/channels/link/<str:page>", my_channels.link, name="channel_link"),
    path("my/privacy", my_privacy.privacy, name="privacy"),
    path("my/privacy.json", my_privacy.data, name="data"),
    path("my/privacy/consents/<int:pk>", my_privacy.consent, name="consent"),
    path("my/privacy/requests", my_privacy.ask, name="privacy_ask"),
    path("privacy", retention.public, name="public_privacy"),
    path("join", joining.join, name="join"),
    path("join/<str:key>", joining.join_request, name="join_request"),
    path("verify", verification.verify, name="verify"),
    path("verify/<str:code>", verification.verified, name="verified"),
]
