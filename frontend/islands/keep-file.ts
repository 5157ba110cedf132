// Keeping a file on this device, part by part. What is interrupted goes on where it was; only what is there whole counts as kept.
import { addressOf, CACHE, forget, LIST, note, type Keepable, type KeptFile } from "./kept-files";

const SIDE_BY_SIDE = 3;

export type Fault = "refused" | "full" | "interrupted";

class Refusal extends Error {}

/** Keeps the file of this address; `own` is what its page is made of. Tells how far it is, from 0 to 1. Returns what went wrong, if it did. */
export async function keepFile(address: string, reader: string, own: string[], tell: (part: number) => void): Promise<Fault | null> {
  try {
    const told = (await (await fetched(`${address}kept.json`)).json()) as Keepable;
    const file: KeptFile = { ...told, address, reader, own, size: 0, isWhole: false };
    await note(file);
    await keepPage(file);
    file.size = await keepParts(file, tell);
    await note({ ...file, isWhole: true });
    return null;
  } catch (error) {
    const fault = error instanceof Refusal ? "refused" : (error as Error).name === "QuotaExceededError" ? "full" : "interrupted";
    if (fault !== "interrupted") await forget(address);
    return fault;
  }
}

/** The page of a kept file as the server writes it now, with its scripts: all of it, or what was kept before. */
export async function keepPage(file: KeptFile): Promise<void> {
  const cache = await caches.open(CACHE);
  const own = await Promise.all(file.own.map(async (each) => [each, await fetched(each)] as const));
  const page = await fetched(`${file.address}read`);
  const list = await fetched(LIST);
  for (const [name, answer] of [...own, [LIST, list], [`${file.address}read`, page]] as const) await cache.put(name, answer);
}

/** How many bytes all parts are. Those that are there from an earlier attempt are not fetched again. */
async function keepParts(file: KeptFile, tell: (part: number) => void): Promise<number> {
  const cache = await caches.open(CACHE);
  const waiting = file.files.map((part) => addressOf(file.address, part));
  const faults: unknown[] = [];
  let [size, done] = [0, 0];
  const next = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const before = await cache.match(name);
      const content = await (before ?? (await fetched(name))).blob();
      if (!before) await cache.put(name, new Response(content, { headers: { "Content-Type": content.type } }));
      size += content.size;
      tell(++done / file.files.length);
    }
  };
  const stopping = (): Promise<void> => next().catch((fault: unknown) => void (waiting.length = 0, faults.push(fault)));
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, stopping));
  if (faults.length) throw faults[0];
  return size;
}

async function fetched(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok || (answer.redirected && address.endsWith("/read"))) {
    if (answer.status >= 500 || answer.status === 429) throw new TypeError(`${answer.status}`);
    throw new Refusal(address);
  }
  return answer;
}
