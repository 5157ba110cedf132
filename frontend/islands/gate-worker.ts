// The service worker of the screens beside doors, and of nothing else.
import { keepPages } from "./kept-pages";

keepPages("lumbung-gate", /^\/gate\/[\w-]+$/);
