"""The digital library: files of titles, who may read them, and how authors hand in their works.

Verbs: ``add_file change_file replace_file withdraw_file restore_file`` (domain.files), ``change_terms`` (domain.terms),
``start_deposit change_deposit submit_deposit take_up send_back approve publish`` and more (domain.deposits).
Contents are kept by their hash (``domain.store``) and read again in turn (``domain.fixity``);
the one decision about access is ``queries.access.access_to``.
"""
