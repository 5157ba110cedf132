// A file in pieces: where the next one begins is told by the server, so an upload goes on where it stopped, today or tomorrow.

export const PIECE = 4 * 1024 * 1024;

export interface Door {
  /** How many bytes of the file are there. */
  received(name: string): Promise<number>;
  /** Send the piece that begins at `at`; returns how many bytes are there now. */
  send(file: File, at: number, piece: Blob): Promise<number>;
}

/** Send what is missing of the file, piece by piece; `tell` hears how far it is. Ends when all of it is there; fails as the door fails. */
export async function sendAll(file: File, door: Door, tell: (done: number) => void): Promise<void> {
  let at = await door.received(file.name);
  if (at > file.size) at = 0; // another file of that name
  tell(at);
  while (at < file.size) {
    const now = await door.send(file, at, file.slice(at, at + PIECE));
    if (now <= at) throw new Error("the upload does not move");
    at = now;
    tell(at);
  }
}
