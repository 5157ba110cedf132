"""Messages to people: written from templates in their language, sent by a channel, and what became of each.

Verbs: ``domain.messages.send`` queues, ``domain.deliveries.deliver`` hands over to the channel, ``forget_old`` forgets.
"""
