"""What staff may do with curated lists, courses, citation styles and searches. Lecturers make their own: ``queries.may_teach``."""

COURSES = "discovery.courses"
RESERVES = "discovery.reserves"
STYLES = "discovery.citation_styles"
SEARCHES = "discovery.searches"
CURATE = "discovery.curate"
