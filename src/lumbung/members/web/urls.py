"""Addresses of the members' pages, under ``/staff/``."""

from django.urls import path

from lumbung.members.web import (
    categories,
    clearance_periods,
    clearance_setup,
    clearances,
    membership,
    people,
    registration,
)

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
    path("clearance", clearances.clearances, name="clearances"),
    path("clearance/doubts", clearances.doubts, name="clearance_doubts"),
    path("clearance/<int:pk>", clearances.clearance, name="clearance"),
    path("clearance/<int:pk>/conditions/<int:condition>", clearances.answer, name="clearance_answer"),
    path("clearance/<int:pk>/conditions/<int:condition>/file", clearances.file, name="clearance_file"),
    path("clearance/<int:pk>/letter", clearances.issue, name="clearance_issue"),
    path("clearance/letters/<int:pk>", clearances.letter, name="clearance_letter"),
    path("clearance/letters/<int:pk>/revocation", clearances.revocation, name="clearance_revocation"),
    path("clearance/purposes", clearance_setup.overview, name="clearance_purposes"),
    path("clearance/purposes/new", clearance_setup.new, name="clearance_new_purpose"),
    path("clearance/purposes/<int:pk>", clearance_setup.purpose, name="clearance_purpose"),
    path("clearance/purposes/<int:pk>/conditions/new", clearance_setup.new_condition, name="clearance_new_condition"),
    path("clearance/conditions/<int:pk>", clearance_setup.condition, name="clearance_condition"),
    path("clearance/conditions/<int:pk>/place", clearance_setup.place, name="clearance_place"),
    path("clearance/hook", clearance_setup.hook, name="clearance_hook"),
    path("clearance/periods", clearance_periods.periods, name="clearance_periods"),
    path("clearance/periods/new", clearance_periods.announce, name="clearance_announce"),
    path("clearance/periods/<int:pk>", clearance_periods.period, name="clearance_period"),
    path("clearance/periods/<int:pk>/work", clearance_periods.work, name="clearance_work"),
    path("clearance/periods/<int:pk>/members", clearance_periods.enrolment, name="clearance_enrolment"),
    path("clearance/periods/<int:pk>/list", clearance_periods.printed, name="clearance_list"),
    path("clearance/periods/<int:pk>/list.<str:form>", clearance_periods.taken, name="clearance_list_file"),
]
