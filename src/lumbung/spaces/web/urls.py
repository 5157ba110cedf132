from django.urls import path

from lumbung.spaces.web import gate_screen, gates, own_phone, visits

app_name = "spaces"

urlpatterns = [
    path("gate/worker.js", gate_screen.worker, name="worker"),
    path("gate/<str:address>", gate_screen.screen, name="screen"),
    path("gate/<str:address>/visits", gate_screen.kept, name="kept"),
    path("gate/<str:address>/visits/<int:pk>/purpose", gate_screen.purpose, name="visit_purpose"),
    path("gate/<str:address>/code.svg", gate_screen.code, name="code"),
    path("here/<str:sign>", own_phone.here, name="here"),
    path("staff/visits", visits.visits, name="visits"),
    path("staff/visits/note", visits.note, name="visit_note"),
    path("staff/visits/<int:pk>/removal", visits.remove, name="visit_remove"),
    path("staff/visits/figures", visits.figures, name="figures"),
    path("staff/gates", gates.gates, name="gates"),
    path("staff/gates/new", gates.gate_add, name="gate_add"),
    path("staff/gates/<int:pk>", gates.gate, name="gate"),
    path("staff/gates/<int:pk>/address", gates.gate_renew, name="gate_renew"),
    path("staff/gates/purposes/new", gates.purpose_add, name="purpose_add"),
    path("staff/gates/purposes/<int:pk>", gates.purpose, name="purpose"),
]
