"""Messages to and from people on every channel: what comes in, what goes out, what became of each, and who wants none.

Verbs: ``domain.arrivals.receive`` keeps a raw event and ``take_in`` understands it; ``domain.sending.reply`` speaks in a conversation
(``can_send`` says whether one may), ``domain.messages.send`` writes letters; ``domain.deliveries`` is the outbox;
``domain.identities``: ``opt_out``, ``opt_in``, ``block``; ``domain.accounts``: the library's accounts, ``cut_all``.
"""
