// What a service worker of some pages does: it answers with them and with what they are made of from the network, or, where that does
// not answer in time, as it was kept. What people enter does not pass here; the pages keep and send that themselves.
import { orKept, takeOver } from "./service-worker";

const PATIENCE = 4000;

/** Keeps the pages whose path fits, and files under /static/, in the cache of this name. */
export function keepPages(cache: string, pages: RegExp): void {
  takeOver((event) => {
    const { request } = event;
    const { pathname } = new URL(request.url);
    if (request.method === "GET" && (pages.test(pathname) || pathname.startsWith("/static/"))) event.respondWith(answered(request, cache));
  });
}

async function answered(request: Request, cache: string): Promise<Response> {
  const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
  const fresh = fetched(request, cache);
  return kept === undefined ? fresh : orKept(fresh, kept, PATIENCE);
}

/** From the network; kept when it is the page or file itself, not the way to the sign-in page, and there is room. */
async function fetched(request: Request, cache: string): Promise<Response> {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await (await caches.open(cache)).put(request, answer.clone()).catch(() => undefined);
  return answer;
}
