"""Acquisitions (pengadaan): a title goes from somebody's request through selection, order and receipt to the shelf.

Verbs: ``ask_for`` (domain.requests), ``accept_request decline_request reopen_request`` (domain.selection), ``add_fund change_fund``
(domain.funds), ``add_vendor change_vendor`` (domain.vendors), ``begin_order add_line remove_line place_order claim_order cancel_order``
(domain.orders), ``receive return_receipt`` (domain.receiving), ``tick untick`` (domain.processing),
``forget_purchase_askers`` (domain.forgetting).
"""
