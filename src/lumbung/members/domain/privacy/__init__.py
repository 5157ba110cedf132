"""What the law of 2022 (UU 27/2022) gives a member: to agree and take it back, to read, to have put right, to be forgotten."""
