// The service worker of the reader, and of nothing else: what was kept is read without a connection.
import { keepPages } from "./kept-pages";

keepPages("lumbung-reader", /^\/files\/\d+\/(read|pages\/|parts\/|sizes\.json|play)/);
