// The service worker of the reader: what was kept is read without a connection, and it stands in for pages that cannot be reached. Only
// what somebody asked to keep is kept; whatever else passes is not.
import { CACHE, forget, keptFile, LIST, mayStay, sweep } from "./kept-files";
import { stretchOf } from "./kept-stretch";
import { orKept, takeOver, worker, type Fetched } from "./service-worker";

const PATIENCE = 4000;
const PAGE = /^(\/files\/\d+\/)read$/;
const PARTS = /^\/(files\/\d+\/(pages\/|parts\/|sizes\.json|words\.json|play)|iiif\/3\/\d+\/full\/)/;

takeOver((event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const isOfFiles = new URL(worker.registration.scope).pathname === "/files/";
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (isOfFiles && pathname.startsWith("/static/")) event.respondWith(inTime(request));
  else if (isOfFiles && PARTS.test(pathname)) event.respondWith(part(request));
}, sweep);

/** A page from the network; a kept one, or else the list of what is kept, where that does not answer. */
async function page(event: Fetched, pathname: string): Promise<Response> {
  const address = PAGE.exec(pathname)?.[1];
  const file = address ? await keptFile(address) : null;
  if (file?.isWhole) {
    const answer = await inTime(event.request);
    if (!answer.ok) event.waitUntil(mayStay(file.address).then((may) => (may ? undefined : forget(file.address))));
    return answer;
  }
  try {
    return await fetch(event.request);
  } catch (error) {
    const list = await caches.match(LIST, { cacheName: CACHE, ignoreVary: true });
    if (!list) throw error;
    return pathname === LIST ? list : Response.redirect(`${LIST}?from=${encodeURIComponent(pathname + new URL(event.request.url).search)}`);
  }
}

/** What is kept is there at once: it does not change, and the line is spared. */
async function part(request: Request): Promise<Response> {
  const kept = await match(request);
  return kept ? stretchOf(kept, request.headers.get("Range")) : fetch(request);
}

/** From the network, or as it was kept where that does not answer in time. */
async function inTime(request: Request): Promise<Response> {
  const kept = await match(request);
  return kept ? orKept(fetch(request), kept, PATIENCE) : fetch(request);
}

function match(request: Request): Promise<Response | undefined> {
  return caches.match(request, { cacheName: CACHE, ignoreSearch: true, ignoreVary: true });
}
