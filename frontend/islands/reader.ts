// The reader of digital files, loaded on its page alone.
import "./book-reader";
