import assert from "node:assert/strict";
import { test } from "node:test";

import { judge, readings, type Line, type Snapshot } from "./stock-take-codes";

const LINES: Line[] = [
  ["B-1", "shelf", "Bumi manusia", "330 A", 7],
  ["B-2", "on_loan", "Rumah kaca", "331 B", 7],
  ["B-3", "withdrawn", "Arok Dedes", "332 C", null],
];
const SNAPSHOT: Snapshot = { round: 1, prefix: "##", suffix: "", places: { "7": "Lantai 2" }, lines: LINES };
const KNOWN = new Map(LINES.map((line) => [line[0], line]));

function found(code: string, place: number | null = null): [string, string] | undefined {
  const judged = judge(code, SNAPSHOT, KNOWN, place);
  return judged && [judged.barcode, judged.finding];
}

test("a telephone without a connection says what it found", () => {
  assert.deepEqual(found("b-1\r"), ["B-1", "found"]);
  assert.deepEqual(found("B-1", 8), ["B-1", "misplaced"]);
  assert.deepEqual(found("B-1", 7), ["B-1", "found"]);
  assert.deepEqual(found("B-2"), ["B-2", "lent"]);
  assert.deepEqual(found("B-3", 8), ["B-3", "gone"]);
});

test("half a code is unknown, a code twice in one breath is one", () => {
  assert.deepEqual(found("B-"), ["B-", "unknown"]);
  assert.deepEqual(found("B-1B-1"), ["B-1", "found"]);
});

test("prefix, symbology and asterisks are taken off", () => {
  assert.deepEqual(found("##B-1"), ["B-1", "found"]);
  assert.deepEqual(found("]C0B-1"), ["B-1", "found"]);
  assert.deepEqual(found("*B-1*"), ["B-1", "found"]);
});

test("French and German keyboards are understood only where they betray themselves", () => {
  assert.equal(readings("àà&é'(è").includes("0012457"), true);
  assert.deepEqual(readings("Zß77"), ["ZSS77", "Y-77"]);
  assert.deepEqual(readings("B-12"), ["B-12"]);
});

test("an empty scan is nothing", () => assert.equal(found(" \r\n"), undefined));
