"""Who may sign in, and what they may do: users, roles, sign-in, API tokens."""
