// Everything the public has, and the islands of the desk and of cataloguing.
import "./index";
import "./camera-scan";
import "./keep-draft";
import "./marc-grid";
import "./piece-upload";
import "./scan-box";
import "./shortcut-keys";
import "./stock-take-scan";
