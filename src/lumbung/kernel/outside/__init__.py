"""Reaching another machine: addresses are judged, every wait and every size is bounded, and a failure has its word.

``http.ask`` for one request over HTTP, ``line.line_to`` for a protocol of one's own.
"""
