// Every island of the site. Pages work without them.
import "htmx.org";
