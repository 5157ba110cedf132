"""The addresses of the OPDS catalogue."""

from django.urls import path

from lumbung.discovery.gateways.opds import borrowing, signing_in, views

app_name = "opds"

urlpatterns = [
    path("opds", views.start, name="start"),
    path("opds/search.xml", views.description, name="description"),
    path("opds/authentication", signing_in.authentication, name="authentication"),
    path("opds/token", signing_in.token, name="token"),
    path("opds/profile", signing_in.profile, name="profile"),
    path("opds/<str:edition>/", views.root, name="root"),
    path("opds/<str:edition>/by/<str:name>", views.values, name="values"),
    path("opds/<str:edition>/titles", views.titles, name="titles"),
    path("opds/<str:edition>/titles/<int:pk>", views.title, name="title"),
    path("opds/<str:edition>/shelf", views.shelf, name="shelf"),
    path("opds/<str:edition>/files/<int:pk>/loan", borrowing.borrow, name="borrow"),
]
