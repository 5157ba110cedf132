import assert from "node:assert/strict";
import { test } from "node:test";
import { BarcodeFormat, QRCodeWriter } from "@zxing/library";
import { codeIn } from "./barcode-reader";

const MODULE = 5;
const WIDE = 3;
const CODABAR: Record<string, string> = { A: "0011010", B: "0101001", "1": "0000110", "2": "0001001", "7": "0100100" };

/** The code of squares as a screen shows it. */
function drawn(text: string): [Uint8ClampedArray, number, number] {
  const squares = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1, new Map());
  const side = squares.getWidth() * MODULE;
  const grey = new Uint8ClampedArray(side * side).fill(255);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) if (squares.get(Math.trunc(x / MODULE), Math.trunc(y / MODULE))) grey[y * side + x] = 0;
  return [grey, side, side];
}

/** Bars as on the books of libraries that came from older systems. */
function barred(text: string): [Uint8ClampedArray, number, number] {
  const line: number[] = new Array(60).fill(255);
  for (const sign of text) {
    [...CODABAR[sign]!].forEach((wide, at) => line.push(...new Array(wide === "1" ? 3 * WIDE : WIDE).fill(at % 2 === 0 ? 0 : 255)));
    line.push(...new Array(WIDE).fill(255));
  }
  line.push(...new Array(60).fill(255));
  return [Uint8ClampedArray.from({ length: line.length * 80 }, (_, at) => line[at % line.length]!), line.length, 80];
}

test("every ticket is read, also one that looks somewhere inside as in its corners", () => {
  const tickets = Array.from({ length: 60 }, (_, at) => `https://perpus.example.ac.id/my/borrow/ticket/${"WzE3OTYxODYyMjYsWzMzNDMzXV0".repeat(2)}:${at * 7919}`);
  assert.deepEqual(tickets.filter((each) => codeIn(...drawn(each)) !== each), []);
});

test("bars of Codabar are read", () => {
  assert.equal(codeIn(...barred("A127721B")), "127721");
});

test("an empty picture has no code", () => {
  assert.equal(codeIn(new Uint8ClampedArray(160 * 120).fill(200), 160, 120), "");
});
