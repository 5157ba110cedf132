"""The pages for those who hand on."""

from django.urls import path

from lumbung.cooperation.web import harvest, readiness, sources, usage

app_name = "cooperation"

urlpatterns = [
    path("staff/harvest", harvest.harvest, name="harvest"),
    path("staff/harvest/identifiers", harvest.identifiers, name="identifiers"),
    path("staff/harvest/anew", harvest.anew, name="anew"),
    path("staff/usage", usage.usage_page, name="usage"),
    path("staff/usage/months.csv", usage.months, name="usage-months"),
    path("staff/usage/<str:report>.<str:form>", usage.file, name="usage-report"),
    path("staff/sources", sources.sources, name="sources"),
    path("staff/sources/new", sources.add, name="source-add"),
    path("staff/sources/<int:pk>", sources.source, name="source"),
    path("staff/sources/<int:pk>/harvest", sources.harvest, name="source-harvest"),
    path("staff/sources/<int:pk>/undo", sources.undo, name="source-undo"),
    path("staff/sources/<int:pk>/remove", sources.remove, name="source-remove"),
    path("staff/readiness", readiness.readiness, name="readiness"),
    path("staff/readiness/<str:service>.csv", readiness.as_csv, name="lacking-csv"),
    path("staff/readiness/<str:service>", readiness.lacking, name="lacking"),
]
