"""Addresses of circulation's pages outside ``/staff/``: for members on their own telephone, and for machines."""

from django.urls import path

from lumbung.circulation.web import (
    handover_places,
    handovers,
    kiosk,
    own_articles,
    own_bookings,
    own_holds,
    parcels,
    payment_ways,
    phone,
    pins,
)

app_name = "self_service"
urlpatterns = [
    path("my/holds/<int:pk>/suspension", own_holds.suspension, name="suspension"),
    path("my/holds/<int:pk>/pickup", own_holds.pickup, name="pickup"),
    path("my/holds/<int:pk>/recall", own_holds.recall, name="recall"),
    path("records/<int:pk>/article-request", own_articles.ask, name="ask_article"),
    path("my/article-requests/<int:pk>", own_articles.own, name="article"),
    path("my/article-requests/<int:pk>/file", own_articles.file, name="article_file"),
    path("my/bookings/<int:pk>", own_bookings.booking, name="booking"),
    path("records/<int:pk>/booking", own_bookings.book, name="book"),
    path("my/closed-doors/<int:pk>/handovers", handovers.ask, name="handovers"),
    path("my/handovers/<int:pk>", handovers.call_off, name="handover"),
    path("my/parcels", parcels.ask, name="parcels"),
    path("my/parcels/address", parcels.forget, name="forget_address"),
    path("my/parcels/<int:pk>", parcels.own, name="parcel"),
    path("pickup-places", handover_places.public, name="places"),
    path("pickup-places/calendar.ics", handover_places.feed, name="places_feed"),
    path("kiosk", kiosk.kiosk, name="kiosk"),
    path("kiosk/start", kiosk.start, name="kiosk_start"),
    path("kiosk/card", kiosk.card, name="kiosk_card"),
    path("kiosk/pin", kiosk.pin, name="kiosk_pin"),
    path("kiosk/item", kiosk.item, name="kiosk_item"),
    path("kiosk/loans/<int:pk>/renewal", kiosk.renewal, name="kiosk_renewal"),
    path("kiosk/away", kiosk.away, name="kiosk_away"),
    path("kiosk/worker.js", kiosk.worker, name="kiosk_worker"),
    path("kiosk/receipt", kiosk.receipt, name="kiosk_receipt"),
    path("kiosk/finish", kiosk.finish, name="kiosk_finish"),
    path("app.webmanifest", phone.manifest, name="manifest"),
    path("my/borrow", phone.borrow, name="borrow"),
    path("my/borrow/here/<str:code>/<slug:seen>", phone.here, name="here"),
    path("my/borrow/ticket", phone.ticket, name="ticket"),
    path("tickets/<str:written>", phone.shown_ticket, name="shown_ticket"),
    path("my/fees/qris", payment_ways.qris, name="qris"),
    path("my/fees/proofs/<int:pk>", payment_ways.proof, name="proof"),
    path("my/pin", pins.own, name="pin"),
]
