"""Addresses of the members' pages, under ``/staff/``."""

from django.urls import path

from lumbung.members.web import categories, membership, people, registration

app_name = "members"
urlpatterns = [
    path("members", people.members, name="members"),
    path("members.csv", people.members_csv, name="members_csv"),
    path("members/new", registration.new, name="new"),
    path("members/categories", categories.categories, name="categories"),
    path("members/categories/new", categories.new, name="new_category"),
    path("members/categories/<int:pk>", categories.category, name="category"),
    path("members/<int:pk>", people.member, name="member"),
    path("members/<int:pk>/edit", registration.edit, name="edit"),
    path("members/<int:pk>/renewal", membership.renewal, name="renewal"),
    path("members/<int:pk>/block", membership.block, name="block"),
    path("members/<int:pk>/account", membership.account, name="account"),
    path("members/<int:pk>/card", membership.card, name="card"),
]
