import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { browser, Element, key } from "./stand-in";
import { HeadingChoices, type Heading } from "./heading-choices";

/** An element that holds others and knows its data attributes. */
class Holder extends Element {
  id = "";
  children: Holder[] = [];
  dataset: Record<string, string> = {};

  append(...parts: (Holder | string)[]): void {
    this.children.push(...(parts.filter((part) => typeof part !== "string") as Holder[]));
  }

  replaceChildren(...parts: Holder[]): void {
    this.children = parts;
  }

  after(): void {}

  removeAttribute(name: string): void {
    this.setAttribute(name, "");
  }
}

const asked: string[] = [];
const headings = ["Toer, Pramoedya Ananta", "Toer, Soesilo"].map((heading, key) => ({ heading, see: "", key, kind: "Orang", ind1: "1", codes: "abcdq", subfields: [["a", heading]] })) as Heading[];
let answering = true;
browser({
  document: { createElement: () => new Holder() },
  fetch: async (address: string) => {
    asked.push(address);
    if (!answering) throw new Error("the line is down");
    return { ok: true, json: async () => ({ suggestions: headings }) };
  },
});
mock.timers.enable({ apis: ["setTimeout"] });

async function typed(text: string): Promise<{ choices: HeadingChoices; taken: Heading[]; press: (name: string) => boolean }> {
  const taken: Heading[] = [];
  const choices = new HeadingChoices("/headings", "Tajuk", (_, heading) => taken.push(heading));
  choices.typed(new Holder() as unknown as HTMLElement, text, "person");
  mock.timers.tick(200);
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  return { choices, taken, press: (name) => choices.key(key(name) as KeyboardEvent) };
}

test("headings are asked for when two letters stand there, and the keyboard takes one", async () => {
  const { choices, taken, press } = await typed("toe");
  assert.equal(asked.at(-1), "/headings?field=1&kinds=person&q=toe");
  assert.equal(choices.isOpen, true);
  assert.equal(press("Enter"), false);
  assert.deepEqual([press("ArrowDown"), press("ArrowDown"), press("Enter")], [true, true, true]);
  assert.deepEqual(taken.map((each) => each.heading), ["Toer, Soesilo"]);
  assert.equal(choices.isOpen, false);
});

test("Escape closes the list, and what is typed stays the typist's", async () => {
  const { choices, taken, press } = await typed("toer");
  assert.deepEqual([press("Escape"), press("Escape"), choices.isOpen, taken.length], [true, false, false, 0]);
});

test("one letter asks nothing, and a line that is down leaves the box as it is", async () => {
  const before = asked.length;
  await typed("t");
  assert.equal(asked.length, before);
  answering = false;
  const { choices, press } = await typed("toer");
  assert.deepEqual([choices.isOpen, press("ArrowDown")], [false, false]);
  answering = true;
});
