import assert from "node:assert/strict";
import { test } from "node:test";

import { type Door, FIRST_PIECE, markOf, PIECE, sendAll } from "./pieces";

function door(there: number, failing: number[] = []): Door & { sent: number[]; sizes: number[] } {
  const [sent, sizes]: number[][] = [[], []];
  let tries = 0;
  return {
    sent: sent!,
    sizes: sizes!,
    received: async () => there,
    send: async (_file, at, piece) => {
      if (failing.includes(tries++)) throw new TypeError("no connection");
      sent!.push(at);
      sizes!.push(piece.size);
      return (there = at + piece.size);
    },
  };
}

const file = (size: number, ending = 0): File => new File([new Uint8Array(size), new Uint8Array([ending])], "cadangan.sql.gz");
const told = () => undefined;

/** A clock on which each request takes so long. */
function clock(took: number): () => number {
  let asked = 0;
  return () => Math.ceil(asked++ / 2) * took;
}

test("a file goes in pieces that grow while the line is quick, and how far it is is told", async () => {
  const [way, steps] = [door(0), [] as number[]];
  await sendAll(file(PIECE * 3), way, (done) => steps.push(done), undefined, clock(10));
  assert.deepEqual(way.sizes.slice(0, 6), [256, 512, 1024, 2048, 4096, 4096].map((kilobytes) => kilobytes * 1024));
  assert.deepEqual(steps, [...way.sent, PIECE * 3 + 1]);
});

test("on a slow line the pieces stay small, so that little is lost with it", async () => {
  const way = door(0);
  await sendAll(file(FIRST_PIECE * 3), way, told, undefined, clock(9_000));
  assert.ok(Math.max(...way.sizes) <= FIRST_PIECE);
});

test("what is there already is not sent again", async () => {
  const way = door(PIECE);
  await sendAll(file(PIECE + 5), way, told);
  assert.deepEqual(way.sent, [PIECE]);
});

test("a shorter file of the same name begins anew", async () => {
  const way = door(99);
  await sendAll(file(10), way, told);
  assert.deepEqual(way.sent, [0]);
});

test("another file of the same name and size has another mark, and the same one the same", async () => {
  assert.notEqual(await markOf(file(PIECE, 1)), await markOf(file(PIECE, 2)));
  assert.equal(await markOf(file(PIECE, 1)), await markOf(file(PIECE, 1)));
  assert.match(await markOf(file(PIECE)), /^[0-9a-z]+-[0-9a-z]+$/);
});

test("a lost connection is told to whoever asked", async () => {
  await assert.rejects(sendAll(file(PIECE * 3), door(0, [1]), told), /no connection/);
});

test("after a lost connection it goes on where it stopped, for as long as there is patience", async () => {
  const [way, waited] = [door(0, [1, 2]), [] as number[]];
  await sendAll(file(PIECE), way, told, async (_error, failures) => waited.push(failures) < 9);
  assert.deepEqual(way.sent.slice(0, 2), [0, way.sizes[0]]);
  assert.equal(way.sizes.reduce((sum, size) => sum + size), PIECE + 1);
  assert.equal(waited.length, 2);
});

test("a file that is lost whenever its last piece was sent is not sent without end", async () => {
  const way = door(0);
  const send = way.send;
  way.send = async (file, at, piece, mark) => {
    const there = await send(file, at, piece, mark);
    if (there < file.size) return there;
    await send(file, -1, new Blob([new Uint8Array(1)]), mark); // the server has nothing of it any more
    throw new TypeError("no answer");
  };
  const waited: number[] = [];
  await assert.rejects(
    sendAll(file(FIRST_PIECE * 2), way, told, async (_error, failures) => waited.push(failures) < 3),
    /no answer/,
  );
  assert.deepEqual(waited, [1, 2, 3]);
});

test("each sending of a file is told from the next, and its pieces from none of the others", async () => {
  const marks = new Set<string>();
  for (let n = 0; n < 2; n++) {
    const way = door(0);
    const send = way.send;
    way.send = async (file, at, piece, mark) => (marks.add(mark), send(file, at, piece, mark));
    await sendAll(file(FIRST_PIECE * 3), way, told);
  }
  assert.equal(marks.size, 2);
  assert.equal(new Set([...marks].map((mark) => mark.split(".")[0])).size, 1);
});
