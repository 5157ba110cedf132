"""Lists of members from the academic system (SIAKAD): tried first, brought in in the background, and taken back."""
