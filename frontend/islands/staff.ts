// Everything the public has, and the islands of the desk.
import "./index";
import "./print-button";
import "./scan-box";
import "./shortcut-keys";
