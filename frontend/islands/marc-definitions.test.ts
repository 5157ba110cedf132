import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Definitions } from "./marc-definitions";
import { fromLines } from "./marc-lines";

const file = JSON.parse(readFileSync("src/lumbung/formats/marc/marc21.json", "utf8"));
const indonesian = new Definitions(file, "id");
const english = new Definitions(file, "en");

function field(line: string) {
  return fromLines(line).fields[0]!;
}

test("names and help come in the language of the page", () => {
  assert.equal(indonesian.label("250"), "Edisi");
  assert.equal(english.label("250"), "Edition Statement");
  assert.notEqual(indonesian.help("245"), english.help("245"));
});

test("the places of 008 depend on the kind of material", () => {
  const fixed = field("008 200520s1980");
  const labels = (leader: string) => english.places(fixed, leader).map((place) => place.label);
  assert.ok(labels("00000nam").includes("Literary form"));
  assert.ok(labels("00000nas").includes("Frequency"));
  assert.ok(labels("00000nem").includes("Relief"));
});

test("the places of 007 depend on its first character, and nothing counted is offered in the leader", () => {
  assert.deepEqual(english.places(field("007 v"), "").map((place) => place.start).slice(0, 3), [0, 1, 3]);
  assert.deepEqual(english.places(field("LDR 00000nam a2200000 c 4500"), "").map((place) => place.start), [5, 6, 7, 8, 9, 17, 18, 19]);
});

test("the terms of the carriers give term and code", () => {
  assert.deepEqual(indonesian.terms("338")[0], { said: "jilid (volume)", term: "volume", code: "nc" });
});
