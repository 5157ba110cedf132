from django.urls import path

from lumbung.kernel.web import jobs, journal

app_name = "kernel"

urlpatterns = [
    path("staff/jobs", jobs.overview, name="jobs"),
    path("staff/jobs/<str:kind>/<str:key>/retry", jobs.try_again, name="job_retry"),
    path("staff/jobs/<str:kind>/<str:key>/dismissal", jobs.give_up, name="job_dismiss"),
    path("staff/journal", journal.entries, name="journal"),
]
