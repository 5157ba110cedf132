"""The first run of an empty installation: a guided page, opened with a code that stands in the operator's terminal."""
