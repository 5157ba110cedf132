// A file in pieces: where the next one begins is told by the server, so an upload goes on where it stopped, today or tomorrow.

/** The pieces of a fast line are as large as this; a slow one sends smaller ones, so that little is lost with it and progress is seen. */
export const PIECE = 4 * 1024 * 1024;
export const FIRST_PIECE = 128 * 1024;
const QUICK = 1_000;
const SLOW = 4_000;
const LOOKED_AT = 64 * 1024;

export interface Door {
  /** How many bytes of the file are there: of one with this name and mark. */
  received(name: string, mark: string): Promise<number>;
  /** Send the piece that begins at `at`; returns how many bytes are there now. */
  send(file: File, at: number, piece: Blob, mark: string): Promise<number>;
}

/** Waits until it is worth trying again, after so many failures in a row; false where it never is. */
export type Patience = (error: unknown, failures: number) => Promise<boolean>;

const NO_PATIENCE: Patience = async () => false;

/** Send what is missing of the file, piece by piece; `tell` hears how far it is. Ends when all of it is there; fails when patience does. */
export async function sendAll(file: File, door: Door, tell: (done: number) => void, patience = NO_PATIENCE, now = () => performance.now()): Promise<void> {
  const mark = `${await markOf(file)}.${sending()}`;
  let [at, size, failures, furthest] = [-1, FIRST_PIECE, 0, 0];
  while (at < file.size) {
    const began = now();
    try {
      at = at < 0 ? await begun(file, door, mark) : await sent(file, door, mark, at, size);
      size = sizeAfter(size, now() - began);
      if (at > furthest) [furthest, failures] = [at, 0]; // what is sent a second time is no progress
      tell(at);
    } catch (error) {
      if (!(await patience(error, ++failures))) throw error;
      [at, size] = [-1, FIRST_PIECE];
    }
  }
}

async function begun(file: File, door: Door, mark: string): Promise<number> {
  const there = await door.received(file.name, mark);
  return there > file.size ? 0 : there; // another file of that name
}

async function sent(file: File, door: Door, mark: string, at: number, size: number): Promise<number> {
  const there = await door.send(file, at, file.slice(at, at + size), mark);
  if (there <= at) throw new Error("the upload does not move");
  return there;
}

function sizeAfter(size: number, took: number): number {
  if (took < QUICK) return Math.min(PIECE, size * 2);
  return took > SLOW ? Math.max(FIRST_PIECE / 2, size / 2) : size;
}

/** Tells this sending of a file from one on purpose later. */
function sending(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What tells this file from another of its name: its size, its beginning and its end. The date is of no use, since telephones make it up. */
export async function markOf(file: File): Promise<string> {
  const ends = [file.slice(0, LOOKED_AT), file.slice(-LOOKED_AT)];
  let sum = 0x811c9dc5;
  for (const end of ends) for (const byte of new Uint8Array(await end.arrayBuffer())) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return `${file.size.toString(36)}-${sum.toString(36)}`;
}
