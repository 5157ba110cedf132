import assert from "node:assert/strict";
import { test } from "node:test";
import { hitsIn } from "./kept-words";

const page = (number: number, text: string, label = "") => ({ number, label, href: `c${number}.xhtml`, progression: 0.5, text });

test("pages that have all the words are found in what is kept, with the words around them", () => {
  const pages = [page(1, "Padi ditanam."), page(2, "Kadar air\nGabah diukur.", "iv")];
  assert.deepEqual(hitsIn(pages, "gabah AIR"), [
    { number: 2, label: "iv", href: "c2.xhtml", progression: 0.5, pieces: [["Kadar ", false], ["air", true], [" ", false], ["Gabah", true], [" diukur.", false]] },
  ]);
  assert.deepEqual(hitsIn(pages, "padi gabah"), []);
  assert.deepEqual(hitsIn(pages, " ? "), []);
});
