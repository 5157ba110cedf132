"""The addresses of moving in and out, and those of the system that was left."""

from django.urls import path, re_path

from lumbung.moving.web import columns, departures, moves, old_addresses, papers, uploads

app_name = "moving"

urlpatterns = [
    path("staff/moves/", moves.moves, name="moves"),
    path("staff/moves/new", moves.start, name="start"),
    path("staff/moves/columns", columns.columns, name="columns"),
    path("staff/moves/upload", uploads.upload, name="upload"),
    path("staff/moves/<int:pk>", moves.move, name="move"),
    path("staff/moves/<int:pk>/go", moves.go, name="go"),
    path("staff/moves/<int:pk>/resume", moves.resume, name="resume"),
    path("staff/moves/<int:pk>/undo", moves.undo, name="undo"),
    path("staff/moves/<int:pk>/discard", moves.discard, name="discard"),
    path("staff/moves/<int:pk>/proof", papers.proof, name="proof"),
    path("staff/moves/<int:pk>/findings.csv", papers.findings, name="findings"),
    path("staff/moves/<int:pk>/kept", papers.forget, name="forget"),
    path("staff/moves/<int:pk>/kept/<int:table>", papers.kept, name="kept"),
    path("staff/departures/", departures.departures, name="departures"),
    path("staff/departures/<int:pk>", departures.departure, name="departure"),
    path("staff/departures/<int:pk>/package", departures.package, name="package"),
    path("cgi-bin/koha/<slug:page>.pl", old_addresses.koha, name="koha"),
    path("index.php", old_addresses.slims, name="slims"),
    re_path(r"^(?:[\w.~-]+/){1,3}index\.php$", old_addresses.slims),  # SLiMS in a folder of its own: /slims/index.php
]
