import assert from "node:assert/strict";
import { test } from "node:test";

import type { CopyText } from "./copy-text";
import { browser, Element, island, key } from "./stand-in";

const Button = await island<CopyText>("copy-text", () => import("./copy-text"));

function copied(): string[] {
  const texts: string[] = [];
  browser({ navigator: { clipboard: { writeText: async (text: string) => void texts.push(text) } } });
  return texts;
}

function button(attributes: Record<string, string>): CopyText & Element {
  const made = new Button();
  for (const [name, value] of Object.entries({ done: "Disalin", ...attributes })) made.setAttribute(name, value);
  const label = new Element();
  label.textContent = "Salin";
  made.inside.set("span", label);
  made.hidden = true;
  made.connectedCallback();
  return made;
}

test("a click copies the text given, and the label says so for a moment", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const texts = copied();
  const made = button({ text: "https://perpustakaan.example/records/5" });
  assert.equal(made.hidden, false);
  made.click();
  await Promise.resolve();
  assert.deepEqual(texts, ["https://perpustakaan.example/records/5"]);
  const label = made.inside.get("span") as Element;
  assert.deepEqual([label.textContent, label.getAttribute("role")], ["Disalin", "status"]);
  t.mock.timers.tick(2500);
  assert.equal(label.textContent, "Salin");
});

test("Enter and the space bar copy what another element says; other keys do not", () => {
  const texts = copied();
  browser({ document: { getElementById: (id: string) => (id === "apa" ? { textContent: "Toer, P. A. (2005)." } : null) } });
  const made = button({ from: "apa" });
  const [enter, space, tab] = [key("Enter"), key(" "), key("Tab")];
  for (const each of [enter, space, tab]) made.dispatchEvent(each);
  assert.deepEqual(texts, ["Toer, P. A. (2005).", "Toer, P. A. (2005)."]);
  assert.deepEqual([enter.defaultPrevented, space.defaultPrevented, tab.defaultPrevented], [true, true, false]);
});

test("where there is no clipboard the button stays away", () => {
  browser({ navigator: {} });
  assert.equal(button({ text: "x" }).hidden, true);
});
