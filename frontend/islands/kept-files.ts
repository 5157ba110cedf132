// What is kept on this device to be read without a connection: in one cache, each file with a note of its own that says what it is and
// whether all of it is there. The reader, the list of what is kept and their service worker know it by these.
export const CACHE = "lumbung-reader";
export const LIST = "/files/kept";
const NOTE = "kept.json";

/** What the server says of a file that may be kept: its parts are addresses, from below the file's own unless they begin with a slash. */
export interface Keepable {
  title: string;
  name: string;
  isOpen: boolean;
  files: string[];
}

export interface KeptFile extends Keepable {
  address: string;
  /** Who kept it; empty when nobody was signed in. */
  reader: string;
  size: number;
  /** Scripts and styles that the kept page asks for. */
  own: string[];
  isWhole: boolean;
}

/** Where a part of the file is, for the reader and the cache alike. */
export function addressOf(address: string, part: string): string {
  return part.startsWith("/") ? part : `${address}${part}`;
}

/** What is kept, and what was begun to be kept. */
export async function keptFiles(): Promise<KeptFile[]> {
  if (!("caches" in globalThis) || !(await caches.has(CACHE))) return [];
  const cache = await caches.open(CACHE);
  const notes = (await cache.keys()).filter(({ url }) => url.endsWith(`/${NOTE}`));
  return Promise.all(notes.map(async (each) => (await (await cache.match(each))!.json()) as KeptFile));
}

export async function keptFile(address: string): Promise<KeptFile | null> {
  const note = "caches" in globalThis ? await caches.match(`${address}${NOTE}`, { cacheName: CACHE }) : undefined;
  return note ? ((await note.json()) as KeptFile) : null;
}

export async function note(file: KeptFile): Promise<void> {
  await (await caches.open(CACHE)).put(`${file.address}${NOTE}`, Response.json ? Response.json(file) : new Response(JSON.stringify(file)));
}

/** Takes the file from the device. */
export async function forget(address: string): Promise<void> {
  await (await caches.open(CACHE)).delete(`${address}${NOTE}`);
  await sweep();
}

/** Clears away what belongs to no file that is kept or being kept: what is left of others, of earlier programs, of older scripts. */
export async function sweep(): Promise<void> {
  const files = await keptFiles();
  const ours = new Set(files.flatMap((each) => [`${each.address}${NOTE}`, `${each.address}read`, ...each.own, ...each.files.map((part) => addressOf(each.address, part))].map(whole)));
  if (files.length) ours.add(whole(LIST));
  const cache = await caches.open(CACHE);
  for (const each of await cache.keys()) if (!ours.has(each.url)) await cache.delete(each);
}

function whole(address: string): string {
  return new URL(address, location.href).href;
}

/** Whether this reader may keep the file still: false once the library has taken it away from all; true also where nobody answers. */
export async function mayStay(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}${NOTE}`, { cache: "no-store" });
    return answer.status !== 404 && answer.status !== 410;
  } catch {
    return true;
  }
}

/** Takes away what others kept here of what is not open to all, and what is known of their reading; what they have not sent yet waits for them. */
export async function forgetOthers(reader: string): Promise<void> {
  for (const each of await keptFiles()) if (!each.isOpen && each.reader !== reader) await forget(each.address);
  for (const name of Object.keys(localStorage)) {
    const [, whose] = /^lumbung-reading:(\d+):/.exec(name) ?? [];
    if (!whose || whose === reader) continue;
    const { waiting = [], moved = false } = JSON.parse(localStorage.getItem(name)!) as { waiting?: string[]; moved?: boolean };
    if (!waiting.length && !moved) localStorage.removeItem(name);
  }
}
