import assert from "node:assert/strict";
import { test } from "node:test";

import { clean, ScanQueue } from "./scan-queue";

test("a scanned code loses what the scanner added", () => {
  assert.equal(clean(" B0012457\r\n"), "B0012457");
  assert.equal(clean("\tB0012457\t"), "B0012457");
  assert.equal(clean("*B0012457*"), "B0012457");
  assert.equal(clean("\ufeffB0012457"), "B0012457");
});

test("a name keeps its blanks, and a lone asterisk stays", () => {
  assert.equal(clean("  Ni Made Ani "), "Ni Made Ani");
  assert.equal(clean("*"), "*");
});

test("the same code twice in a breath counts once", () => {
  let time = 0;
  const sent: string[] = [];
  const queue = new ScanQueue((code) => sent.push(code), 900, () => time);
  assert.equal(queue.take("B1\r"), true);
  queue.answered();
  time = 300;
  assert.equal(queue.take("B1"), false);
  time = 1300;
  assert.equal(queue.take("B1"), true);
  assert.deepEqual(sent, ["B1", "B1"]);
});

test("fast scans wait for their turn and keep their order", () => {
  const sent: string[] = [];
  const queue = new ScanQueue((code) => sent.push(code), 900, () => 0);
  for (const code of ["B1", "B2", "B3"]) queue.take(code);
  assert.deepEqual(sent, ["B1"]);
  queue.answered();
  assert.deepEqual(sent, ["B1", "B2"]);
  queue.answered();
  queue.answered();
  assert.deepEqual(sent, ["B1", "B2", "B3"]);
});

test("an empty scan is nothing", () => {
  const queue = new ScanQueue(() => assert.fail("sent"), 900, () => 0);
  assert.equal(queue.take(" \r\n"), false);
});
