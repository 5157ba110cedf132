"""Addresses of QRIS codes made for one payment."""

from django.urls import path

from lumbung.circulation.gateways.qris import views

app_name = "qris"
urlpatterns = [
    path("my/fees/qris/new", views.ask, name="ask"),
    path("my/fees/qris/<int:pk>", views.code, name="code"),
    path("payments/midtrans", views.notified, name="notified"),
]
