import assert from "node:assert/strict";
import { test } from "node:test";

import { begun, blockAt, linked, nextPoint, wrapped } from "./markdown-edits";

const at = (text: string, from: number, to = from) => ({ text, from, to });
const shown = ({ text, from, to }: { text: string; from: number; to: number }) => `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;

test("a selection is marked, and marked again it is plain", () => {
  const bold = wrapped(at("satu dua", 5, 8), "**", "tebal");
  assert.equal(shown(bold), "satu **[dua]**");
  assert.equal(shown(wrapped(bold, "**", "tebal")), "satu [dua]");
  assert.equal(shown(wrapped(at("", 0), "*", "miring")), "*[miring]*");
});

test("the lines of a selection become points or steps, and plain again", () => {
  const points = begun(at("satu\ndua\nlain", 2, 6), () => "- ", /^- /);
  assert.equal(shown(points), "[- satu\n- dua]\nlain");
  assert.equal(shown(begun(points, (n) => `${n}. `, /^\d+\. /)), "[1. satu\n2. dua]\nlain");
  assert.equal(shown(begun(points, () => "- ", /^- /)), "[satu\ndua]\nlain");
});

test("a link waits for its address", () => {
  assert.equal(shown(linked(at("lihat aturan", 6, 12), "kata")), "lihat [aturan]([https://])");
});

test("a block stands on lines of its own", () => {
  assert.equal(blockAt(at("teks", 4), "![a](/b)").text, "teks\n\n![a](/b)\n\n");
  assert.equal(blockAt(at("", 0), "x").text, "x\n\n");
});

test("return goes on with a list, and ends it at an empty point", () => {
  assert.equal(shown(nextPoint(at("- satu", 6))!), "- satu\n- []");
  assert.equal(shown(nextPoint(at("9. satu", 7))!), "9. satu\n10. []");
  assert.equal(shown(nextPoint(at("- satu\n- ", 9))!), "- satu\n[]");
  assert.equal(nextPoint(at("satu", 4)), null);
});
