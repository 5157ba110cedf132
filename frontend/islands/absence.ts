// What a page does so that it opens again while the line is cut: it and its files into a cache, and a worker that answers from there.

/** The pages to keep, this one unless told; and over what the worker has power, where that is not all below it. */
interface Kept {
  pages?: string[];
  scope?: string;
}

/** For the island whose `worker` is told; it says so as `data-cached`. False where the browser has no workers: the address is not HTTPS. */
export async function prepareForAbsence(island: HTMLElement, cache: string, { pages = [location.pathname], ...options }: Kept = {}): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register(island.getAttribute("worker")!, options);
    const files = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[href], script[src]")].map((each) => ("src" in each ? each.src : each.href));
    const readers = [...document.querySelectorAll("camera-scan[reader]")].map((each) => each.getAttribute("reader")!);
    const addresses = [...pages, ...files, ...readers];
    const answers = await Promise.all(addresses.map(itself));
    const kept = await caches.open(cache);
    await Promise.all(addresses.map((each, at) => kept.put(each, answers[at]!)));
    void navigator.serviceWorker.ready.then(() => (island.dataset["cached"] = ""));
  } catch {
    // Opened from the cache while the line is cut, or after the session has ended: it is prepared already.
  }
  return true;
}

/** The page or file of this address, not one that it leads to: that would open in its place. */
async function itself(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) throw new Error(address);
  return answer;
}
