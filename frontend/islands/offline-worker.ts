// The service worker of the desk without a line, and of nothing else.
import { keepPages } from "./kept-pages";

keepPages("lumbung-offline", /^\/staff\/offline\/desk$/);
