"""Prose: articles in Markdown, drawn safely, compared, merged and read from other forms. No Django."""
