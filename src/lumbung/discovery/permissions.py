"""What staff may do with lists of courses and styles of citation. Lecturers make their own lists: see ``queries.may_teach``."""

COURSES = "discovery.courses"
RESERVES = "discovery.reserves"
STYLES = "discovery.citation_styles"
