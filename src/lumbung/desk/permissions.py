"""What one may be allowed to do at the desk."""

ANSWER = "desk.answer"
HEAR_COMPLAINTS = "desk.complaints"
PLAN = "desk.plan"
"""Roster, teams and targets."""
REVIEW = "desk.review"
"""Answers that the library stands for, and what the desk says again and again."""
FIGURES = "desk.figures"
