"""Addresses of the pages on which staff keep the accounts."""

from django.urls import path

from lumbung.accounts.web import users

app_name = "accounts"

urlpatterns = [
    path("staff/users/", users.users, name="users"),
    path("staff/users/new", users.add, name="user_add"),
    path("staff/users/<int:pk>", users.user, name="user"),
    path("staff/users/<int:pk>/roles", users.roles, name="user_roles"),
    path("staff/users/<int:pk>/password-link", users.password_link, name="user_password_link"),
    path("staff/users/<int:pk>/deactivation", users.deactivate, name="user_deactivate"),
    path("staff/users/<int:pk>/reactivation", users.reactivate, name="user_reactivate"),
]
