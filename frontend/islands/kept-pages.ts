// What a service worker of some pages does: it answers with them and with what they are made of from the network, or, where that does
// not answer in time, as it was kept. What people enter does not pass here; the pages keep and send that themselves.

interface Fetched extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };
const PATIENCE = 4000;
/** The program is being renewed, or the machine before it does not reach it. */
const SERVER_AWAY = 500;

/** Keeps the pages whose path fits, and files under /static/, in the cache of this name. */
export function keepPages(cache: string, pages: RegExp): void {
  worker.addEventListener("install", (event) => (event as Lasting).waitUntil(worker.skipWaiting()));
  worker.addEventListener("activate", (event) => (event as Lasting).waitUntil(worker.clients.claim()));
  worker.addEventListener("fetch", (event) => {
    const { request } = event as Fetched;
    const { pathname } = new URL(request.url);
    if (request.method === "GET" && (pages.test(pathname) || pathname.startsWith("/static/"))) (event as Fetched).respondWith(answered(request, cache));
  });
}

async function answered(request: Request, cache: string): Promise<Response> {
  const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
  const fresh = fetched(request, cache);
  if (kept === undefined) return fresh;
  const orKept = fresh.then((answer) => (answer.status >= SERVER_AWAY ? kept.clone() : answer)).catch(() => kept.clone());
  return Promise.race([orKept, new Promise<Response>((tell) => setTimeout(() => tell(kept.clone()), PATIENCE))]);
}

/** From the network; kept when it is the page or file itself, not the way to the sign-in page, and there is room. */
async function fetched(request: Request, cache: string): Promise<Response> {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await (await caches.open(cache)).put(request, answer.clone()).catch(() => undefined);
  return answer;
}
