import assert from "node:assert/strict";
import { test } from "node:test";

import { kindsOf } from "./marc-headings";
import { island } from "./stand-in";

await island("heading-boxes", () => import("./heading-boxes"));
const { lineAt } = await import("./heading-boxes");

test("what is asked for is the line at whose end the caret stands", () => {
  const text = "Sugiyono\nToer, Pram\nHamka";
  assert.deepEqual(lineAt(text, 19), { start: 9, line: "Toer, Pram" });
  assert.deepEqual(lineAt(text, text.length), { start: 20, line: "Hamka" });
  assert.deepEqual(lineAt(text, 8), { start: 0, line: "Sugiyono" });
  assert.equal(lineAt(text, 3), null);
  assert.deepEqual(lineAt("", 0), { start: 0, line: "" });
});

test("a field is offered headings of its own kind, and others none", () => {
  const told = ["100", "610", "711", "630", "650", "651", "655", "800"].map((tag) => kindsOf(tag, "a"));
  assert.deepEqual(told, ["person", "body", "meeting", "title", "subject", "place", "genre", "person"]);
  assert.deepEqual(["245", "653", "750", "65", ""].map((tag) => kindsOf(tag, "a")), ["", "", "", "", ""]);
  assert.equal(kindsOf("650", "x"), "");
});
