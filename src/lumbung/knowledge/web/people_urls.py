"""The addresses of people: directory, profiles, thanks, awards, reports."""

from django.urls import path

from lumbung.knowledge.web import people_pages

HERE = "staff/knowledge/people"

portal = [
    path(HERE, people_pages.people, name="people"),
    path(f"{HERE}/me", people_pages.own_profile, name="own_profile"),
    path(f"{HERE}/me/skills", people_pages.skills, name="own_skills"),
    path(f"{HERE}/skills", people_pages.matrix, name="skills"),
    path(f"{HERE}/<int:pk>", people_pages.person, name="person"),
    path(f"{HERE}/<int:pk>/thanks", people_pages.thanks, name="thanks"),
    path(f"{HERE}/<int:pk>/plans", people_pages.plans, name="plans"),
    path(f"{HERE}/<int:pk>/plans/<int:key>/done", people_pages.plan_done, name="plan_done"),
    path(f"{HERE}/<int:pk>/report", people_pages.report, name="person_report"),
    path(f"{HERE}/expertise/<int:pk>", people_pages.expertise, name="expertise"),
    path("staff/knowledge/awards", people_pages.awards, name="awards"),
    path("staff/knowledge/awards/criteria", people_pages.criteria, name="criteria"),
    path("staff/knowledge/awards/criteria/<int:pk>/<int:person>", people_pages.award, name="award"),
    path("staff/knowledge/awards/<int:pk>/agreement", people_pages.award_agreed, name="award_agreed"),
]
