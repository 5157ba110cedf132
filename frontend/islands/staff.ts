// Everything the public has, and the islands of the desk and of cataloguing.
import "./index";
import "./answer-draft";
import "./camera-scan";
import "./heading-boxes";
import "./keep-draft";
import "./marc-grid";
import "./live-list";
import "./markdown-box";
import "./piece-upload";
import "./scan-box";
import "./shortcut-keys";
import "./stock-take-scan";
import { keepOwn } from "./own-pages";

keepOwn();
