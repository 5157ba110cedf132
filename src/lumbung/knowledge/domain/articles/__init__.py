"""The verbs on articles: write, approve, share, credit, use."""
