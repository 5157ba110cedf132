"""The addresses of ideas, consultations, projects, and of what the portal tells of itself."""

from django.urls import path

from lumbung.knowledge.web import ideas, interviews, jotting, reports, together

HERE = "staff/knowledge"

portal = [
    path(f"{HERE}/jot", jotting.jot, name="jot"),
    path(f"{HERE}/ideas", ideas.list_of_ideas, name="ideas"),
    path(f"{HERE}/ideas/new", ideas.idea_new, name="idea_new"),
    path(f"{HERE}/ideas/<int:pk>", ideas.idea, name="idea"),
    path(f"{HERE}/ideas/<int:pk>/vote", ideas.vote, name="idea_vote"),
    path(f"{HERE}/ideas/<int:pk>/choice", ideas.choose, name="idea_choose"),
    path(f"{HERE}/ideas/<int:pk>/pilot", ideas.pilot, name="idea_pilot"),
    path(f"{HERE}/ideas/<int:pk>/end", ideas.end, name="idea_end"),
    path(f"{HERE}/issues/new", ideas.issue_new, name="issue_new"),
    path(f"{HERE}/issues/<int:pk>", ideas.issue, name="issue"),
    path(f"{HERE}/consultations", together.list_of_consultations, name="consultations"),
    path(f"{HERE}/consultations/new", together.consultation_new, name="consultation_new"),
    path(f"{HERE}/consultations/<int:pk>", together.consultation, name="consultation"),
    path(f"{HERE}/consultations/<int:pk>/vote", together.consultation_vote, name="consultation_vote"),
    path(f"{HERE}/consultations/<int:pk>/comments", together.consultation_comment, name="consultation_comment"),
    path(f"{HERE}/consultations/<int:pk>/decision", together.consultation_decide, name="consultation_decide"),
    path(f"{HERE}/projects", together.list_of_boards, name="boards"),
    path(f"{HERE}/projects/new", together.board_new, name="board_new"),
    path(f"{HERE}/projects/<int:pk>", together.board, name="board"),
    path(f"{HERE}/projects/<int:pk>/tasks", together.task_add, name="task_add"),
    path(f"{HERE}/projects/<int:pk>/tasks/<int:key>/<slug:state>", together.task_move, name="task_move"),
    path(f"{HERE}/projects/<int:pk>/end", together.board_end, name="board_end"),
    path(f"{HERE}/cycle", reports.cycle, name="cycle"),
    path(f"{HERE}/year", reports.year, name="year"),
    path(f"{HERE}/plan", reports.plan, name="improvement_plan"),
    path(f"{HERE}/surveys", reports.surveys_page, name="surveys"),
    path(f"{HERE}/surveys/open", reports.survey_open, name="survey_open"),
    path(f"{HERE}/surveys/<int:pk>", reports.survey, name="survey"),
    path(f"{HERE}/surveys/<int:pk>/close", reports.survey_close, name="survey_close"),
    path(f"{HERE}/audits", reports.audits, name="audits"),
    path(f"{HERE}/hand-overs", reports.list_of_hand_overs, name="hand_overs"),
    path(f"{HERE}/hand-overs/<int:pk>", reports.hand_over, name="hand_over"),
    path(f"{HERE}/hand-overs/<int:pk>/items", reports.hand_over_item, name="hand_over_item"),
    path(f"{HERE}/hand-overs/<int:pk>/close", reports.hand_over_close, name="hand_over_close"),
    path(f"{HERE}/interviews", interviews.list_of_interviews, name="interviews"),
    path(f"{HERE}/interviews/<int:pk>", interviews.interview, name="interview"),
    path(f"{HERE}/interviews/<int:pk>/questions", interviews.interview_question, name="interview_question"),
    path(f"{HERE}/interviews/<int:pk>/answers/<int:key>", interviews.interview_answer, name="interview_answer"),
    path(f"{HERE}/interviews/<int:pk>/close", interviews.interview_close, name="interview_close"),
]
