// The service worker of the scan pages of stock-takes, and of nothing else.
import { keepPages } from "./kept-pages";

keepPages("lumbung-stock-take", /\/staff\/stock-takes\/\d+\/scan$/);
