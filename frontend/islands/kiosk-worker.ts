// The service worker of kiosks: where no answer comes, a page of our own says so and tries again. Nothing else is kept, and nothing of
// whoever stands there.
import { orKept, takeOver } from "./service-worker";

const CACHE = "lumbung-kiosk";
const AWAY = "/kiosk/away";
/** For whoever was done, of which the server does not know: the way back to their loans is not offered to the next. */
const LEFT = `${AWAY}?left`;
const ANSWERED_WITHIN = 20_000;

takeOver((event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (new URL(request.url).pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function page(request: Request): Promise<Response> {
  const away = await caches.match(request.url.endsWith("/kiosk/finish") ? LEFT : AWAY, { cacheName: CACHE, ignoreVary: true });
  return away === undefined ? fetch(request) : orKept(fetch(request), away, ANSWERED_WITHIN);
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE, ignoreVary: true })) ?? fetch(request);
}
