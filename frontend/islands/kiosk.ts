// What the kiosk needs: a pad for the PIN, printing, and a page for when no answer comes.
import "./kiosk-line";
import "./pin-pad";
import "./print-button";
