"""What one may be allowed to do: bring a whole library in, and take it back."""

MOVE = "moving.move"
