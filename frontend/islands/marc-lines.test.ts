import assert from "node:assert/strict";
import { test } from "node:test";

import { fromLines, toLines } from "./marc-lines";

const LINES = `LDR 00000nam a2200000 c 4500
008 200520s1980    io a          000 1 ind d
245 10 $aBumi manusia :$bharga {dollar}5 {lcub}asli}
500 ## $a{U+0020}dua{U+000A}baris{U+0020}$bكتاب
9XX x7 $~tilde
999 teks setempat
`;

test("what is read is written again to the letter", () => {
  const { fields, bad } = fromLines(LINES);
  assert.deepEqual(bad, []);
  assert.equal(toLines(fields), LINES);
  assert.deepEqual(fields[3]?.subfields, [
    ["a", " dua\nbaris "],
    ["b", "كتاب"],
  ]);
  assert.deepEqual(fields[5], { tag: "999", ind1: " ", ind2: " ", subfields: null, value: "teks setempat" });
});

test("what MarcEdit and others write is understood", () => {
  const { fields } = fromLines("=LDR  00000nam\\a2200000\\c\\4500\r\n=245  10$aJudul :$b anak\r\n    yang panjang\n650 \\4 |aFiksi|xSejarah\n100 1_ ‡aToer");
  assert.deepEqual(
    fields.map((field) => [field.tag, field.ind1 + field.ind2, field.subfields ?? field.value]),
    [
      ["LDR", "  ", "00000nam a2200000 c 4500"],
      ["245", "10", [["a", "Judul :"], ["b", "anak yang panjang"]]],
      ["650", " 4", [["a", "Fiksi"], ["x", "Sejarah"]]],
      ["100", "1 ", [["a", "Toer"]]],
    ],
  );
});

test("a line that is no field is told, and the others are kept", () => {
  const { fields, bad } = fromLines("24 $ajudul\n245 00 $aJudul");
  assert.deepEqual([fields.length, bad], [1, ["24 $ajudul"]]);
});
