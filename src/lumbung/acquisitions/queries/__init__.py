"""What others may ask: who may see which requests and orders, what waits, and what goes how far."""
