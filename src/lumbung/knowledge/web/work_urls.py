"""The addresses of sessions and work."""

from django.urls import path

from lumbung.knowledge.web import actions, session_work, sessions, talks

SESSIONS = "staff/knowledge/sessions"
ACTIONS = "staff/knowledge/actions"
SIGNALS = "staff/knowledge/signals"
INCIDENTS = "staff/knowledge/incidents"

portal = [
    path(SESSIONS, sessions.list_of_sessions, name="sessions"),
    path(f"{SESSIONS}/new", sessions.new, name="session_new"),
    path(f"{SESSIONS}/calendar.ics", session_work.calendar, name="session_calendar"),
    path(f"{SESSIONS}/<int:pk>", sessions.session, name="session"),
    path(f"{SESSIONS}/<int:pk>/change", sessions.change, name="session_change"),
    path(f"{SESSIONS}/<int:pk>/publication", sessions.publish, name="session_publish"),
    path(f"{SESSIONS}/<int:pk>/closing", sessions.close, name="session_close"),
    path(f"{SESSIONS}/<int:pk>/cancellation", sessions.cancel, name="session_cancel"),
    path(f"{SESSIONS}/<int:pk>/points", sessions.point_add, name="point_add"),
    path(f"{SESSIONS}/<int:pk>/points/<int:key>/removal", sessions.point_remove, name="point_remove"),
    path(f"{SESSIONS}/<int:pk>/attendance", sessions.attendance, name="attendance"),
    path(f"{SESSIONS}/<int:pk>/pictures", sessions.picture_add, name="session_picture_add"),
    path(f"{SESSIONS}/<int:pk>/pictures/<int:key>", sessions.picture, name="session_picture"),
    path(f"{SESSIONS}/<int:pk>/paper", sessions.paper, name="session_paper"),
    path(f"{SESSIONS}/<int:pk>/minutes", session_work.minutes, name="minutes"),
    path(f"{SESSIONS}/<int:pk>/minutes/approval", session_work.approval, name="minutes_approval"),
    path(f"{SESSIONS}/<int:pk>/repeat", session_work.repeat, name="session_repeat"),
    path(f"{SESSIONS}/<int:pk>/next", session_work.next_round, name="session_next"),
    path(f"{SESSIONS}/<int:pk>/series/end", session_work.series_end, name="series_end"),
    path(f"{SESSIONS}/<int:pk>/poll", session_work.poll, name="session_poll"),
    path(f"{SESSIONS}/<int:pk>/poll/answer", session_work.poll_answer, name="poll_answer"),
    path(f"{SESSIONS}/<int:pk>/poll/<int:key>", session_work.poll_settle, name="poll_settle"),
    path(ACTIONS, actions.list_of_actions, name="actions"),
    path(f"{ACTIONS}/new", actions.new, name="action_new"),
    path(f"{ACTIONS}/<int:pk>", actions.action, name="action"),
    path(f"{ACTIONS}/<int:pk>/end", actions.end, name="action_end"),
    path(f"{ACTIONS}/<int:pk>/carrying", actions.carry, name="action_carry"),
    path("staff/knowledge/talks/today", talks.today, name="talk_today"),
    path(SIGNALS, talks.list_of_signals, name="signals"),
    path(f"{SIGNALS}/plan", talks.plan, name="talk_plan"),
    path(f"{SIGNALS}/feeds/new", talks.feed_new, name="feed_new"),
    path(f"{SIGNALS}/feeds/<int:pk>", talks.feed, name="feed"),
    path(f"{SIGNALS}/<int:pk>/agenda", talks.signal_agenda, name="signal_agenda"),
    path(f"{SIGNALS}/<int:pk>/dismissal", talks.signal_dismiss, name="signal_dismiss"),
    path(INCIDENTS, talks.list_of_incidents, name="incidents"),
    path(f"{INCIDENTS}/<int:pk>", talks.incident, name="incident"),
    path(f"{INCIDENTS}/<int:pk>/agenda", talks.incident_agenda, name="incident_agenda"),
]
