"""Counting the shelves: open a count, take scans, go round again for what is missing, close, issue minutes, set statuses.

Verbs: ``open_stock_take prepare`` (opening), ``take_scans`` (scanning), ``begin_round close reopen abandon`` (course),
``set_statuses undo_statuses`` (statuses), ``issue_minutes`` (minutes).
"""
