// The list of what is kept on this device, loaded on its page alone.
import "./kept-list";
