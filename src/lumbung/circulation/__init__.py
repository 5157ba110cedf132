"""Lending: loans, holds, renewals, and the rules they follow.

Verbs: ``check_out check_in renew undo_check_out count_in_house_use`` (domain.loans), ``place_hold set_aside cancel_hold
expire_holds`` (domain.holds), ``add_rule change_rule remove_rule create_default_rules`` (domain.rules), and
``forget_borrowers`` (domain.privacy).
"""
