import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Element, island, key } from "./stand-in";

class Field extends Element {
  type = "text";
  value = "";
}

const ShortcutKeys = await island<{ connectedCallback(): void; disconnectedCallback(): void }>("shortcut-keys", () => import("./shortcut-keys"));

function desk(focused: Element | null = null) {
  const pressed: string[] = [];
  const finish = new Element();
  finish.addEventListener("click", () => pressed.push("Escape"));
  const document = Object.assign(new Element(), { activeElement: focused });
  document.inside.set('[data-key="Escape"]', finish);
  browser({ document, HTMLInputElement: Field, CSS: { escape: (text: string) => text } });
  const keys = new ShortcutKeys();
  keys.connectedCallback();
  return { document, keys, pressed };
}

test("a key presses what carries it", () => {
  const { document, pressed } = desk();
  const escape = key("Escape");
  document.dispatchEvent(escape);
  assert.deepEqual(pressed, ["Escape"]);
  assert.equal(escape.defaultPrevented, true);
});

test("a key that nothing carries, and one held down or with Ctrl, is left to the browser", () => {
  const { document, pressed } = desk();
  for (const each of [key("F5"), key("Escape", { ctrlKey: true }), key("Escape", { repeat: true })]) {
    document.dispatchEvent(each);
    assert.equal(each.defaultPrevented, false);
  }
  assert.deepEqual(pressed, []);
});

test("Escape first empties the field it is struck in", () => {
  const field = new Field();
  field.value = "231104";
  const { document, pressed } = desk(field);
  document.dispatchEvent(key("Escape"));
  assert.deepEqual([field.value, pressed], ["", []]);
  document.dispatchEvent(key("Escape"));
  assert.deepEqual(pressed, ["Escape"]);
});

test("a letter presses what carries it, but in a field it is typed", () => {
  const pressed: string[] = [];
  const document = Object.assign(new Element(), { activeElement: null as Element | null });
  const merge = new Element();
  merge.addEventListener("click", () => pressed.push("g"));
  document.inside.set('[data-key="g"]', merge);
  browser({ document, HTMLInputElement: Field, CSS: { escape: (text: string) => text } });
  new ShortcutKeys().connectedCallback();
  document.dispatchEvent(key("g"));
  document.activeElement = Object.assign(new Field(), { matches: () => true });
  const typed = key("g");
  document.dispatchEvent(typed);
  assert.deepEqual([pressed, typed.defaultPrevented], [["g"], false]);
});

test("an island that left the page hears nothing more", () => {
  const { document, keys, pressed } = desk();
  keys.disconnectedCallback();
  document.dispatchEvent(key("Escape"));
  assert.deepEqual(pressed, []);
});
