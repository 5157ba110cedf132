import assert from "node:assert/strict";
import { test } from "node:test";

import { Edits, newField } from "./marc-edits";
import { fromLines, toLines } from "./marc-lines";

const LINES = "LDR 00000nam a2200000 c 4500\n008 2005\n245 10 $aJudul$banak\n650 #4 $aFiksi\n";

function edits(): Edits {
  return new Edits(fromLines(LINES).fields);
}

function lines(edited: Edits): string[] {
  return toLines(edited.fields).trimEnd().split("\n").slice(1);
}

test("every edit can be undone one by one, and done again", () => {
  const edited = edits();
  edited.duplicate(3);
  edited.setText(4, 0, "Sejarah");
  edited.move(4, -1);
  edited.remove(1);
  assert.deepEqual(lines(edited), ["245 10 $aJudul$banak", "650 #4 $aSejarah", "650 #4 $aFiksi"]);
  for (let steps = 0; steps < 4; steps += 1) assert.equal(edited.undo(), true);
  assert.equal(toLines(edited.fields), LINES);
  assert.equal(edited.undo(), false);
  while (edited.redo());
  assert.deepEqual(lines(edited), ["245 10 $aJudul$banak", "650 #4 $aSejarah", "650 #4 $aFiksi"]);
});

test("keystrokes in one place are one step", () => {
  const edited = edits();
  for (const text of ["B", "Bu", "Bumi"]) edited.setText(2, 0, text);
  edited.setText(2, 1, "roman");
  edited.undo();
  assert.equal(lines(edited)[1], "245 10 $aBumi$banak");
  edited.undo();
  assert.equal(toLines(edited.fields), LINES);
});

test("the leader stays where it is", () => {
  const edited = edits();
  edited.remove(0);
  edited.duplicate(0);
  edited.move(1, -1);
  edited.move(0, 1);
  assert.equal(toLines(edited.fields), LINES);
  assert.equal(edited.canUndo, false);
});

test("subfields are added, moved and taken out, but the last one stays", () => {
  const edited = edits();
  edited.addSubfield(2, 0, "n");
  edited.setText(2, 1, "1");
  edited.moveSubfield(2, 1, 1);
  assert.equal(lines(edited)[1], "245 10 $aJudul$banak$n1");
  edited.removeSubfield(2, 0);
  edited.removeSubfield(2, 0);
  edited.removeSubfield(2, 0);
  assert.equal(lines(edited)[1], "245 10 $n1");
});

test("a new field becomes what its tag says while it is empty", () => {
  const edited = edits();
  edited.insert(2, [newField("")]);
  edited.setTag(2, "007");
  assert.deepEqual(edited.fields[2]!.subfields, null);
  edited.setTag(2, "500");
  assert.deepEqual(edited.fields[2]!.subfields, [["a", ""]]);
  edited.setText(2, 0, "isi");
  edited.setTag(2, "008");
  assert.deepEqual(edited.fields[2]!.subfields, [["a", "isi"]]);
});

test("a code is put in its place of a fixed field", () => {
  const edited = edits();
  edited.setPlace(1, 6, 1, "s");
  edited.setPlace(1, 35, 3, "ind");
  assert.equal(edited.fields[1]!.value, "2005  s".padEnd(35) + "ind");
});

test("a tag is found by its beginning; else the place where it would stand", () => {
  assert.deepEqual(edits().placeOf("6"), { at: 3, found: true });
  assert.deepEqual(edits().placeOf("500"), { at: 3, found: false });
  assert.deepEqual(edits().placeOf("9"), { at: 4, found: false });
});

test("an established heading takes the place of what stood there, with its link; roles and own subdivisions stay", () => {
  const edited = new Edits(fromLines("LDR 00000nam a2200000 c 4500\n700 1# $aToer, P.$d1925-$epenyusun$0lama\n650 #4 $aPerp$xSejarah\n").fields);
  edited.setHeading(1, "1", "abcdq", [["a", "Toer, Pramoedya Ananta,"], ["d", "1925-2006"], ["0", "(ID-Ju)n42"]]);
  edited.setHeading(2, " ", "abg", [["a", "Perpustakaan"]]);
  assert.deepEqual(lines(edited), ["650 #4 $aPerpustakaan$xSejarah", "700 1# $aToer, Pramoedya Ananta,$d1925-2006$epenyusun$0(ID-Ju)n42"].reverse());
  edited.undo();
  edited.undo();
  assert.deepEqual(lines(edited), ["700 1# $aToer, P.$d1925-$epenyusun$0lama", "650 #4 $aPerp$xSejarah"]);
});

test("a heading that is typed over loses the link to its authority, and has it again when that is undone", () => {
  const edited = new Edits(fromLines("LDR 00000nam a2200000 c 4500\n700 1# $0(ID-Ju)n42$aToer, Pramoedya Ananta,$d1925-2006$epenyusun$1http://x.example/42\n").fields);
  const before = lines(edited);
  edited.at = { field: 1, subfield: 1 };
  assert.equal(edited.setText(1, 1, "Toer, P"), true);
  assert.deepEqual(edited.at, { field: 1, subfield: 0 });
  assert.equal(edited.setText(1, 0, "Toer, Pr"), false);
  assert.deepEqual(lines(edited), ["700 1# $aToer, Pr$d1925-2006$epenyusun"]);
  edited.undo();
  assert.deepEqual(lines(edited), before);
});

test("roles, notes and what no authority controls are typed without touching a link", () => {
  const text = "700 1# $aHamka$epenulis$0n7\n650 #4 $aPadi$xPenyakit$0s1\n245 10 $aJudul$0x\n810 2# $aBadan$v3$0b1\n";
  const edited = new Edits(fromLines(`LDR 00000nam a2200000 c 4500\n${text}`).fields);
  assert.equal(edited.setText(1, 1, "editor"), false);
  assert.equal(edited.setText(1, 0, "Hamka"), false);
  assert.equal(edited.setText(3, 0, "Judul lain"), false);
  assert.equal(edited.setText(4, 1, "4"), false);
  assert.deepEqual(lines(edited).map((line) => line.includes("$0")), [true, true, true, true]);
  assert.equal(edited.setText(2, 1, "Hama"), true);
  assert.equal(lines(edited)[1], "650 #4 $aPadi$xHama");
});

test("a heading loses its link too when a part of it is taken out, recoded or moved, or the field becomes one of another kind", () => {
  const text = "LDR 00000nam a2200000 c 4500\n650 #4 $aPadi$xPenyakit$zJawa$0(ID-Ju)s1$2lcsh\n";
  const after = (edit: (edited: Edits) => boolean): string => {
    const edited = new Edits(fromLines(text).fields);
    assert.equal(edit(edited), true);
    const told = lines(edited)[0]!;
    edited.undo();
    assert.equal(toLines(edited.fields), text);
    return told;
  };
  assert.equal(after((edited) => edited.removeSubfield(1, 2)), "650 #4 $aPadi$xPenyakit$2lcsh");
  assert.equal(after((edited) => edited.setCode(1, 1, "v")), "650 #4 $aPadi$vPenyakit$zJawa$2lcsh");
  assert.equal(after((edited) => edited.setCode(1, 2, "9")), "650 #4 $aPadi$xPenyakit$9Jawa$2lcsh");
  assert.equal(after((edited) => edited.moveSubfield(1, 1, 1)), "650 #4 $aPadi$zJawa$xPenyakit$2lcsh");
  assert.equal(after((edited) => ["6", "65", "651"].map((tag) => edited.setTag(1, tag)).pop()!), "651 #4 $aPadi$xPenyakit$zJawa$2lcsh");
});

test("what is no part of the heading may be taken out, recoded, added or moved, and an added entry made the main one, with the link kept", () => {
  const edited = new Edits(fromLines("LDR 00000nam a2200000 c 4500\n700 1# $aHamka$epenulis$4aut$0(ID-Ju)n7\n").fields);
  edited.addSubfield(1, 2);
  assert.equal(edited.setCode(1, 3, "i"), false);
  assert.equal(edited.setText(1, 3, "Memuat:"), false);
  assert.equal(edited.moveSubfield(1, 3, -1), false);
  assert.equal(edited.setCode(1, 1, "j"), false);
  assert.equal(edited.removeSubfield(1, 3), false);
  assert.equal(["1", "10", "100"].some((tag) => edited.setTag(1, tag)), false);
  assert.deepEqual(lines(edited), ["100 1# $aHamka$jpenulis$iMemuat:$0(ID-Ju)n7"]);
});
