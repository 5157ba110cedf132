"""The addresses of the public face."""

from django.urls import path

from lumbung.discovery.web import (
    browse,
    citations,
    explain,
    home,
    my,
    near,
    reading_on,
    records,
    robots,
    search,
    sharing,
    styles,
    unmet,
)

app_name = "discovery"

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("search/values/<str:name>", search.values, name="values"),
    path("near", near.choose, name="near"),
    path("staff/searches", unmet.unmet, name="unmet"),
    path("staff/searches.csv", unmet.as_csv, name="unmet-csv"),
    path("staff/searches/dismissal", unmet.dismiss, name="unmet-dismiss"),
    path("staff/searches/explanation", explain.explanation, name="explain"),
    path("records/<int:pk>", records.record, name="record"),
    path("browse", browse.browse, name="browse"),
    path("browse/new", browse.new, name="browse-new"),
    path("browse/popular", browse.popular, name="browse-popular"),
    path("browse/shelf", browse.along_the_shelf, name="browse-shelf"),
    path("browse/<str:name>", browse.alphabet, name="browse-alphabet"),
    path("records/<int:pk>/more", reading_on.more, name="more"),
    path("records/<int:pk>/qr.svg", sharing.qr, name="qr"),
    path("records/<int:pk>/picture.png", sharing.picture, name="picture"),
    path("records/<int:pk>/shelf", browse.beside, name="beside"),
    path("records/<int:pk>/marc", records.marc, name="marc"),
    path("records/<int:pk>/citation", citations.citation, name="citation"),
    path("records/<int:pk>/citation.<str:form>", citations.citation_file, name="citation-file"),
    path("records/<int:pk>/holds", records.hold, name="hold"),
    path("my", my.loans, name="my"),
    path("my/loans/renewal", my.renew_all, name="renew-all"),
    path("my/loans/<int:pk>/renewal", my.renew, name="renew"),
    path("my/holds/<int:pk>", my.cancel, name="cancel"),
    path("my/history", my.history, name="history"),
    path("my/settings", my.settings, name="settings"),
    path("staff/citation-styles", styles.styles, name="styles"),
    path("staff/citation-styles/<int:pk>", styles.style, name="style"),
    path("staff/citation-styles/<int:pk>/restoration", styles.restore, name="style-restore"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap-<int:page>.xml.gz", robots.sitemap_page, name="sitemap-page"),
]
