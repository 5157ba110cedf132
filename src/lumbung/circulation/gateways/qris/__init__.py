"""QRIS codes made for one payment by a provider: the codec of its API, and the pages and the address that speak with it."""
