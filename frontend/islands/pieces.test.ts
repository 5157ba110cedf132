import assert from "node:assert/strict";
import { test } from "node:test";

import { type Door, PIECE, sendAll } from "./pieces";

function door(there: number, failing = Number.POSITIVE_INFINITY): Door & { sent: number[] } {
  const sent: number[] = [];
  return {
    sent,
    received: async () => there,
    send: async (_file, at, piece) => {
      if (sent.length >= failing) throw new Error("no connection");
      sent.push(at);
      return at + piece.size;
    },
  };
}

const file = (size: number): File => new File([new Uint8Array(size)], "cadangan.sql.gz");

test("a file goes in pieces, and how far it is is told", async () => {
  const [way, told] = [door(0), [] as number[]];
  await sendAll(file(PIECE + 5), way, (done) => told.push(done));
  assert.deepEqual(way.sent, [0, PIECE]);
  assert.deepEqual(told, [0, PIECE, PIECE + 5]);
});

test("what is there already is not sent again", async () => {
  const way = door(PIECE);
  await sendAll(file(PIECE + 5), way, () => undefined);
  assert.deepEqual(way.sent, [PIECE]);
});

test("a shorter file of the same name begins anew", async () => {
  const way = door(99);
  await sendAll(file(10), way, () => undefined);
  assert.deepEqual(way.sent, [0]);
});

test("a lost connection is told to whoever asked", async () => {
  await assert.rejects(sendAll(file(PIECE * 3), door(0, 1), () => undefined), /no connection/);
});
