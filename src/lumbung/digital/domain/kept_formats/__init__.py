"""Of which formats the kept contents are, and how long those will be read: identification, and the register of risks."""
