// The screen beside a door: its own island and no other.
import "./gate-screen";
