"""The addresses of communities."""

from django.urls import path

from lumbung.knowledge.web import communities

HERE = "staff/knowledge/communities"

portal = [
    path(HERE, communities.communities, name="communities"),
    path(f"{HERE}/new", communities.new, name="community_new"),
    path(f"{HERE}/<int:pk>", communities.community, name="community"),
    path(f"{HERE}/<int:pk>/edit", communities.edit, name="community_edit"),
    path(f"{HERE}/<int:pk>/join", communities.act, {"what": "join"}, name="community_join"),
    path(f"{HERE}/<int:pk>/leave", communities.act, {"what": "leave"}, name="community_leave"),
    path(f"{HERE}/<int:pk>/promotion", communities.act, {"what": "promotion"}, name="community_promotion"),
    path(f"{HERE}/<int:pk>/guests", communities.guests, name="community_guests"),
    path(f"{HERE}/<int:pk>/people/<int:person>/removal", communities.removal, name="community_removal"),
    path(f"{HERE}/<int:pk>/goals", communities.goals, name="community_goals"),
    path(f"{HERE}/<int:pk>/goals/<int:key>", communities.goal, name="community_goal"),
]
