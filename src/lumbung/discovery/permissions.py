"""What staff may do with lists of courses, styles of citation and searches. Lecturers make their own lists: ``queries.may_teach``."""

COURSES = "discovery.courses"
RESERVES = "discovery.reserves"
STYLES = "discovery.citation_styles"
SEARCHES = "discovery.searches"
