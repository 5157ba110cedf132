"""Lending: loans, holds, renewals, the rules they follow, and what is owed.

Verbs: ``check_out check_in renew undo_check_out count_in_house_use`` (domain.loans), ``place_hold set_aside cancel_hold
expire_holds`` (domain.holds), ``book_item change_booking cancel_booking expire_bookings move_bookings`` (domain.bookings),
``add_rule change_rule remove_rule create_default_rules`` (domain.rules), ``add_package change_package
remove_package`` (domain.packages),
``charge waive write_off correct take_back bring_forward`` (domain.fees), ``take_payment tell_of_payment verify_payment reject_payment
cancel_payment pay_out`` (domain.payments), ``open_cash close_cash`` (domain.cash),
``set_pin check_pin`` (domain.pins), ``add_terminal change_terminal renew_secret remove_terminal`` (domain.terminals), and
``forget_borrowers`` (domain.privacy).
"""
