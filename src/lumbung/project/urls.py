"""Every address of the site, part by part."""

from django.urls import URLPattern, URLResolver, include, path

from lumbung.kernel.ui.language import choose_language
from lumbung.project.api import api, reference
from lumbung.project.first_run.views import first_run
from lumbung.project.work_places import staff_home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lumbung.cooperation.gateways.oai.urls")),  # asked for thousands of times in a row, so it is found first
    path("api/v1/", api.urls),
    path("api/v1/reference", reference, name="api-reference"),
    path("language", choose_language, name="language"),
    path("setup", first_run, name="first_run"),
    path("staff/", staff_home, name="staff_home"),
    path("", include("lumbung.messaging.web.urls")),  # first: what other systems and open pages ask many times a second
    path(
        "", include("lumbung.discovery.web.urls")
    ),  # what readers ask for most: every pattern before it is tried for each page
    path("accounts/", include("lumbung.accounts.web.urls")),
    path("", include("lumbung.organization.web.urls")),
    path("", include("lumbung.catalogue.web.urls")),
    path("", include("lumbung.kernel.web.urls")),
    path("", include("lumbung.accounts.web.staff_urls")),
    path("staff/", include("lumbung.circulation.web.urls")),
    path("", include("lumbung.circulation.web.public_urls")),
    path("", include("lumbung.circulation.gateways.qris.urls")),
    path("staff/", include("lumbung.members.web.urls")),
    path("", include("lumbung.spaces.web.urls")),
    path("", include("lumbung.acquisitions.web.urls")),
    path("", include("lumbung.knowledge.web.urls")),
    path("", include("lumbung.desk.web.urls")),
    path("", include("lumbung.digital.web.urls")),
    path("", include("lumbung.knowledge.web.public_urls")),
    path("", include("lumbung.members.web.public_urls")),
    path("", include("lumbung.moving.web.urls")),
    path("", include("lumbung.cooperation.gateways.counter.urls")),
    path("", include("lumbung.cooperation.web.urls")),
    path("", include("lumbung.discovery.gateways.opds.urls")),
]

handler400 = "lumbung.project.broken_page.unreadable_page"
handler500 = "lumbung.project.broken_page.broken_page"
