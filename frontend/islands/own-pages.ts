// Pages of the staff that open without a connection show and name who opened them: to whoever comes next on this device they do not
// open. What was done there and waits to be sent stays, and is sent as theirs who did it.
const CACHES = ["lumbung-stock-take", "lumbung-offline"];

/** Takes from this device the kept pages that are not this person's; for nobody, all of them. */
export async function keepOnly(person: string): Promise<void> {
  if (!("caches" in globalThis)) return;
  for (const name of CACHES) {
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    const pages = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith("/staff/"));
    for (const page of pages) if (person === "" || !(await names(cache, page, person))) await cache.delete(page);
  }
}

async function names(cache: Cache, page: Request, person: string): Promise<boolean> {
  return ((await (await cache.match(page))?.text()) ?? "").includes(`data-me="${person}"`);
}

/** To be called on a page of the staff: it says who is signed in. */
export function keepOwn(): void {
  const person = document.querySelector<HTMLElement>("[data-me]")?.dataset["me"];
  if (person !== undefined) void keepOnly(person);
}
