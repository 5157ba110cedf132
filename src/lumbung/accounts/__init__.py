"""Who may sign in, and what they may do: users, roles, sign-in, API tokens.

Verbs: add_user, change, set_roles, set_password, deactivate, reactivate (``domain.users``); issue_token, revoke_token
(``domain.tokens``). ``domain.permissions.may`` says who may do what; ``domain.access`` guards the API.
"""
