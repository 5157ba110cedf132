"""The demonstration library: real titles, invented members, a term of lending. The same every time, but for today's date."""
