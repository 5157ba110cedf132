"""Addresses of circulation's pages outside ``/staff/``: for members on their own telephone, and for machines."""

from django.urls import path

from lumbung.circulation.web import own_holds, pins

app_name = "self_service"
urlpatterns = [
    path("my/holds/<int:pk>/suspension", own_holds.suspension, name="suspension"),
    path("my/holds/<int:pk>/pickup", own_holds.pickup, name="pickup"),
    path("my/pin", pins.own, name="pin"),
]
