from django.urls import path

from lumbung.kernel.web import jobs, journal, rooms

app_name = "kernel"

urlpatterns = [
    path("staff/jobs", jobs.overview, name="jobs"),
    path("staff/jobs/<str:kind>/<str:key>/retry", jobs.try_again, name="job_retry"),
    path("staff/jobs/<str:kind>/<str:key>/dismissal", jobs.give_up, name="job_dismiss"),
    path("staff/rooms", rooms.rooms, name="rooms"),
    path("staff/rooms/beginning", rooms.begin, name="rooms_begin"),
    path("staff/journal", journal.entries, name="journal"),
]
