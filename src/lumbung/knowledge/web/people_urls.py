"""The addresses of people: directory, profiles, thanks, introductions, shared time, awards, reports."""

from django.urls import path

from lumbung.knowledge.web import introductions, people_pages, sharing_time

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
    path(f"{HERE}/me/times", sharing_time.times, name="times"),
    path(f"{HERE}/me/times/<int:pk>/removal", sharing_time.time_removal, name="time_removal"),
    path("staff/knowledge/introductions", introductions.introductions, name="introductions"),
    path("staff/knowledge/introductions/<int:pk>/answer", introductions.introduction_answer, name="introduction_answer"),
    path("staff/knowledge/awards", people_pages.awards, name="awards"),
    path("staff/knowledge/awards/criteria", people_pages.criteria, name="criteria"),
    path("staff/knowledge/awards/criteria/<int:pk>/<int:person>", people_pages.award, name="award"),
    path("staff/knowledge/awards/<int:pk>/agreement", people_pages.award_agreed, name="award_agreed"),
]
