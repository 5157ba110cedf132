"""SIP2: self-check machines, return chutes and gates ask, and the same verbs answer that answer the desk.

``server`` keeps the connections, ``session`` one of them; ``patrons``, ``lending``, ``items``, ``holding`` and ``fees`` answer.
What a machine may do is told by its ``Terminal``. What is refused is said in ``AF``, each reason on a line of its own.
"""
