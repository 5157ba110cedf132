import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime } from "./reading-media";
import { cfiOf, momentPlace, pageOf, pagePlace, PARAGRAPH, partsOf, percent, secondsOf, sentences } from "./reading-places";

test("a page is found again by its place", () => {
  const place = pagePlace(12, 45);
  assert.equal(pageOf(place), 12);
  assert.equal(percent(place), 25);
  assert.equal(pageOf(null), 1);
  assert.equal(pageOf({ href: "a", type: "b/c", locations: { fragments: ["page=9"] } }), 9);
});

test("a moment is found again by its place", () => {
  assert.equal(secondsOf(momentPlace(95.7, 200, "audio/mpeg")), 95);
  assert.equal(secondsOf(null), 0);
  assert.equal(clockTime(187), "3:07");
  assert.equal(clockTime(3787), "1:03:07");
});

test("the exact place in a book is the fragment that is one", () => {
  assert.equal(cfiOf({ href: "a", type: "b/c", locations: { fragments: ["x", "epubcfi(/6/4!/4/2)"] } }), "epubcfi(/6/4!/4/2)");
  assert.equal(cfiOf(pagePlace(1, 1)), null);
});

test("a text is read a sentence at a time, and nothing is left out", () => {
  assert.deepEqual(sentences("Padi menguning.  Siapa\nmemanen? Kami"), ["Padi menguning.", "Siapa memanen?", "Kami"]);
  assert.deepEqual(sentences(""), []);
});

test("a sentence does not go beyond its paragraph, and what has no letter is not read", () => {
  assert.deepEqual(sentences(`Bab 1${PARAGRAPH}“Padi?” tanya Ani. … Naik 3.5 ton!${PARAGRAPH}***`), ["Bab 1", "“Padi?”", "tanya Ani.", "Naik 3.5 ton!"]);
});

test("a sentence is found where it stands in the lines, each time it stands there", () => {
  const lines = ["Padi  tumbuh. Air", "naik. Padi tumbuh."];
  const first = partsOf(lines, "Padi tumbuh.", 0)!;
  assert.deepEqual(first.parts, [{ line: 0, from: 0, to: 12 }]);
  assert.deepEqual(partsOf(lines, "Air naik.", first.end)!.parts, [
    { line: 0, from: 13, to: 16 },
    { line: 1, from: 0, to: 5 },
  ]);
  assert.deepEqual(partsOf(lines, "Padi tumbuh.", first.end)!.parts, [{ line: 1, from: 6, to: 18 }]);
  assert.equal(partsOf(lines, "Tidak ada.", 0), null);
});
