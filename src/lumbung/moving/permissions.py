"""What one may be allowed to do: bring a whole library in and take it back; carry it out, with all it knows of people."""

MOVE = "moving.move"
LEAVE = "moving.leave"
