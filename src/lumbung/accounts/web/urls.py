"""Signing in and out, passwords, preferences. allauth looks these names up, so they carry no namespace; its sign-up has no address."""

from allauth.account import views as allauth
from django.urls import path, re_path

from lumbung.accounts.web import devices, tokens, views

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("preferences/", views.preferences, name="account_preferences"),
    path("devices/", devices.devices, name="account_devices"),
    path("devices/<slug:handle>", devices.device, name="account_device"),
    path("tokens/", tokens.tokens, name="account_tokens"),
    path("tokens/<int:pk>", tokens.token, name="account_token"),
]
