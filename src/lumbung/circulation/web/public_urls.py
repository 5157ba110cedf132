"""Addresses of circulation's pages outside ``/staff/``: for members on their own telephone, and for machines."""

from django.urls import path

from lumbung.circulation.web import pins

app_name = "self_service"
urlpatterns = [
    path("my/pin", pins.own, name="pin"),
]
