"""The knowledge portal of the staff: what librarians know becomes sessions, minutes, articles, and use again. Only inside the house.

Every page stands behind ``web.gate.intranet``. What becomes of what is told by ``domain.trace``; ``tracing`` has the four stages and
lets each kind of object say its stage and its next step.
"""
