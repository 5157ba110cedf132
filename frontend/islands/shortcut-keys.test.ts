import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Element, island, key } from "./stand-in";

class Field extends Element {
  type = "text";
  value = "";
  defaultValue = "";
  chosen = false;
  focused = false;

  select(): void {
    this.chosen = true;
  }

  focus(): void {
    this.focused = true;
  }

  blur(): void {
    this.focused = false;
  }
}

class Text extends Field {}
const FIELDS = { HTMLInputElement: Field, HTMLTextAreaElement: Text, CSS: { escape: (text: string) => text } };

const ShortcutKeys = await island<{ connectedCallback(): void; disconnectedCallback(): void }>("shortcut-keys", () => import("./shortcut-keys"));

function desk(focused: Element | null = null) {
  const pressed: string[] = [];
  const finish = new Element();
  finish.addEventListener("click", () => pressed.push("Escape"));
  const document = Object.assign(new Element(), { activeElement: focused });
  document.inside.set('[data-key="Escape"]', finish);
  browser({ document, ...FIELDS });
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

test("in an answer that the page has not taken in yet a key presses once it has", () => {
  const { document, pressed } = desk();
  const body = Object.assign(document, { body: new Element() }).body;
  const finish = document.inside.get('[data-key="Escape"]') as Element;
  finish.around.set(".htmx-settling", new Element());
  document.dispatchEvent(key("Escape"));
  assert.deepEqual(pressed, []);
  body.dispatchEvent(new Event("htmx:afterSettle"));
  body.dispatchEvent(new Event("htmx:afterSettle"));
  assert.deepEqual(pressed, ["Escape"]);
});

test("a key that nothing carries, and one held down or with Ctrl, is left to the browser", () => {
  const { document, pressed } = desk();
  for (const each of [key("F5"), key("Escape", { ctrlKey: true }), key("Escape", { repeat: true })]) {
    document.dispatchEvent(each);
    assert.equal(each.defaultPrevented, false);
  }
  assert.deepEqual(pressed, []);
});

test("Escape leaves what is typed in the box for scans there, chosen, so that the next scan takes its place", () => {
  const box = new Field();
  box.value = "231104";
  const { document, pressed } = desk(box);
  document.inside.set("scan-box input[name=code]", box);
  document.dispatchEvent(key("Escape"));
  assert.deepEqual([box.value, box.chosen, pressed], ["231104", true, ["Escape"]]);
});

test("Escape in another field that is written in leads to the box for scans first, and keeps what is written", () => {
  const [box, reason] = [new Field(), new Field()];
  reason.value = "Sidang besok";
  const { document, pressed } = desk(reason);
  document.inside.set("scan-box input[name=code]", box);
  document.dispatchEvent(key("Escape"));
  assert.deepEqual([reason.value, box.focused, pressed], ["Sidang besok", true, []]);
  document.activeElement = box;
  document.dispatchEvent(key("Escape"));
  assert.deepEqual([reason.value, pressed], ["Sidang besok", ["Escape"]]);
});

test("in a field as it was before, Escape presses at once; where there is no box, the field is left", () => {
  const reason = Object.assign(new Text(), { value: "Libur", defaultValue: "Libur", focused: true });
  const { document, pressed } = desk(reason);
  document.dispatchEvent(key("Escape"));
  assert.deepEqual(pressed, ["Escape"]);
  reason.value = "Libur panjang";
  document.dispatchEvent(key("Escape"));
  assert.deepEqual([reason.value, reason.focused, pressed], ["Libur panjang", false, ["Escape"]]);
});

test("Escape belongs to what lies open over the page, to who composes a letter, and to who has taken it", () => {
  const { document, pressed } = desk();
  const taken = key("Escape");
  taken.preventDefault();
  document.dispatchEvent(taken);
  document.dispatchEvent(key("Escape", { isComposing: true }));
  document.inside.set(":is(dialog[open], :popover-open)", new Element());
  const open = key("Escape");
  document.dispatchEvent(open);
  assert.deepEqual([pressed, open.defaultPrevented], [[], false]);
});

test("a letter presses what carries it, but in a field it is typed", () => {
  const pressed: string[] = [];
  const document = Object.assign(new Element(), { activeElement: null as Element | null });
  const merge = new Element();
  merge.addEventListener("click", () => pressed.push("g"));
  document.inside.set('[data-key="g"]', merge);
  browser({ document, ...FIELDS });
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
