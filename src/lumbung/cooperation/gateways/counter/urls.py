"""The addresses of the COUNTER API; ``/counter`` is what is told to who collects reports."""

from django.urls import path

from lumbung.cooperation.gateways.counter import views

app_name = "counter"

urlpatterns = [
    path("counter/r51/status", views.status, name="status"),
    path("counter/r51/members", views.members, name="members"),
    path("counter/r51/reports", views.reports, name="reports"),
    path("counter/r51/reports/<str:name>", views.one, name="report"),
]
