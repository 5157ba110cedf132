// Everything the public has, and the islands of the desk.
import "./index";
