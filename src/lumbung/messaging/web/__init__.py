"""Pages of messages: the chat of visitors, and the staff's view of what went out."""
