// The desk for the time without a line.
import "./offline-desk";
