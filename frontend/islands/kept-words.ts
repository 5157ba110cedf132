// Finding in a kept file without a connection: pages that have all the words, as they were kept with it.
import { CACHE } from "./kept-files";
import type { Hit } from "./reading-places";

const AROUND = 60;

interface Page {
  number: number;
  label: string;
  href: string;
  progression: number;
  text: string;
}

/** The pages of a kept file that have these words; null where it is not kept. */
export async function hitsInKept(address: string, words: string): Promise<Hit[] | null> {
  const kept = "caches" in globalThis ? await caches.match(`${address}words.json`, { cacheName: CACHE }) : undefined;
  return kept ? hitsIn(((await kept.json()) as { pages: Page[] }).pages, words) : null;
}

export function hitsIn(pages: Page[], words: string): Hit[] {
  const asked = words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!asked.length) return [];
  const found = pages.filter(({ text }) => asked.every((word) => text.toLowerCase().includes(word)));
  return found.map(({ number, label, href, progression, text }) => ({ number, label: label || String(number), href, progression, pieces: around(text, asked) }));
}

/** The words around the first one that was asked for, and which of them were. */
function around(text: string, asked: string[]): [string, boolean][] {
  const at = Math.min(...asked.map((word) => text.toLowerCase().indexOf(word)));
  const from = Math.max(0, at - AROUND);
  const excerpt = text.slice(from, at + 2 * AROUND).replace(/\s+/g, " ");
  const pieces = excerpt.split(new RegExp(`(${asked.join("|")})`, "iu")).filter(Boolean);
  return pieces.map((piece) => [piece, asked.includes(piece.toLowerCase())]);
}
