"""The desk: every question put to the library, by whichever way it came, until it is answered and beyond.

Verbs: ``log_question`` (domain.log), ``take_up join`` (hearing), ``answer`` (answering), ``claim describe close reopen`` (course),
``hand_over snooze`` (handing), ``merge split`` (joining), ``add_note`` (notes), ``rate`` (rating), ``request_service`` (requests),
``follow_need`` (needs), ``draft_answer review_answer`` (known_answers), ``book`` (appointments), ``add_shift`` (duty), ``set_target``.
"""
