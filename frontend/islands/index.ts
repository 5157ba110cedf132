// Every island of the public pages, and htmx. Pages work without them.
import "htmx.org";
import "./copy-text";
import "./forget-on-leaving";
import "./suggest-box";
import "./print-button";
import "./shelf-walk";
import "./talk-box";
