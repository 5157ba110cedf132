// What the kiosk needs: a pad for the PIN, and printing.
import "./pin-pad";
import "./print-button";
