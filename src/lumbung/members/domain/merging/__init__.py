"""Two registrations of one person become one: found, looked at side by side, carried out, taken back."""
