import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Element, island, key } from "./stand-in";
import type { SuggestBox } from "./suggest-box";

/** An element that can hold others, for the list the island builds. */
class Holder extends Element {
  id = "";
  children: Holder[] = [];

  append(...parts: Holder[]): void {
    this.children.push(...parts);
  }

  replaceChildren(...parts: Holder[]): void {
    this.children = parts;
  }

  removeAttribute(name: string): void {
    this.setAttribute(name, "");
  }

  override querySelector(selector: string): unknown {
    return super.querySelector(selector) ?? this.children[0] ?? null;
  }
}

const asked: string[] = [];
const gone: string[] = [];
const suggestions = [
  { kind: "title", label: "Bumi manusia", note: "Toer", address: "/records/1" },
  { kind: "creator", label: "Bumi, A.", note: "Pengarang", address: "/search?creator=Bumi" },
];

browser({
  document: { createElement: () => new Holder() },
  location: { assign: (address: string) => gone.push(address) },
  fetch: async (address: string) => {
    asked.push(address);
    return { ok: true, json: async () => ({ suggestions }) };
  },
});
const Box = await island<SuggestBox>("suggest-box", () => import("./suggest-box"));

function box(): { input: Holder & { value: string }; list: () => Holder } {
  const made = new Box();
  const input = Object.assign(new Holder(), { value: "" });
  const parts: Holder[] = [];
  Object.assign(made, { append: (part: Holder) => parts.push(part), id: "saran" });
  made.inside.set("input", input);
  made.setAttribute("src", "/search/suggestions");
  made.connectedCallback();
  return { input, list: () => parts[0] as Holder };
}

async function typed(text: string, mock: { timers: { tick: (time: number) => void } }): Promise<ReturnType<typeof box>> {
  const made = box();
  made.input.value = text;
  made.input.dispatchEvent(new Event("input"));
  mock.timers.tick(150);
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return made;
}

test("a pause in typing asks once and shows what is offered", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { input, list } = await typed("bumi m", t.mock);
  assert.deepEqual(asked, ["/search/suggestions?q=bumi%20m"]);
  assert.equal(list().children.length, 2);
  assert.equal(input.getAttribute("aria-expanded"), "true");
});

test("arrows choose, Enter goes there, Escape closes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { input, list } = await typed("bumi", t.mock);
  input.dispatchEvent(key("ArrowDown"));
  assert.equal(input.getAttribute("aria-activedescendant"), "saran-list-0");
  input.dispatchEvent(key("Enter"));
  assert.deepEqual(gone, ["/records/1"]);
  input.dispatchEvent(key("Escape"));
  assert.equal(list().hidden, true);
});

test("one letter asks nothing, and Enter without a choice is left to the form", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const before = asked.length;
  const { input } = await typed("b", t.mock);
  assert.equal(asked.length, before);
  const enter = key("Enter");
  input.dispatchEvent(enter);
  assert.equal(enter.defaultPrevented, false);
});
