// The service worker of kiosks: where no answer comes, a page of our own says so and tries again. Nothing else is kept, and nothing of
// whoever stands there.
interface Fetched extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };
const CACHE = "lumbung-kiosk";
const AWAY = "/kiosk/away";
/** For whoever was done, of which the server does not know: the way back to their loans is not offered to the next. */
const LEFT = `${AWAY}?left`;
const ANSWERED_WITHIN = 20_000;
const SERVER_AWAY = 500;

worker.addEventListener("install", (event) => (event as Lasting).waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => (event as Lasting).waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event as Fetched;
  if (request.mode === "navigate") (event as Fetched).respondWith(page(request));
  else if (new URL(request.url).pathname.startsWith("/static/")) (event as Fetched).respondWith(file(request));
});

async function page(request: Request): Promise<Response> {
  const away = await caches.match(request.url.endsWith("/kiosk/finish") ? LEFT : AWAY, { cacheName: CACHE, ignoreVary: true });
  if (away === undefined) return fetch(request);
  const answered = fetch(request).then((answer) => (answer.status >= SERVER_AWAY ? away : answer)).catch(() => away);
  return Promise.race([answered, new Promise<Response>((tell) => setTimeout(() => tell(away), ANSWERED_WITHIN))]);
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE, ignoreVary: true })) ?? fetch(request);
}
