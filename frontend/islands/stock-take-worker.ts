// The service worker of the scan pages of stock-takes, and of nothing else: what they are made of is answered from the network, or,
// where that does not answer in time, as it was kept. Scans themselves do not pass here; the page keeps and sends them.

interface Fetched extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };
const CACHE = "lumbung-stock-take";
const PATIENCE = 4000;
const SCAN_PAGE = /\/staff\/stock-takes\/\d+\/scan$/;

worker.addEventListener("install", (event) => (event as Lasting).waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => (event as Lasting).waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event as Fetched;
  const { pathname } = new URL(request.url);
  if (request.method === "GET" && (SCAN_PAGE.test(pathname) || pathname.startsWith("/static/"))) (event as Fetched).respondWith(answered(request));
});

async function answered(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
  const fresh = fetched(request);
  if (kept === undefined) return fresh;
  return Promise.race([fresh.catch(() => kept), new Promise<Response>((tell) => setTimeout(() => tell(kept.clone()), PATIENCE))]);
}

/** From the network; kept when it is the page or file itself, and not the way to the sign-in page. */
async function fetched(request: Request): Promise<Response> {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
