import assert from "node:assert/strict";
import { test } from "node:test";

import type { KeepDraft } from "./keep-draft";
import { browser, Element, island } from "./stand-in";

const Keeper = await island<KeepDraft>("keep-draft", () => import("./keep-draft"));

class Input {
  value: string;
  constructor(value = "") {
    this.value = value;
  }
}

function page(answer: () => Promise<{ ok: boolean; status: number; json: () => Promise<unknown> }>, held: Record<string, string> = {}) {
  const sent: { typed: Record<string, string>; draft: number | null; saves: number }[] = [];
  const stored = new Map(Object.entries(held));
  const fields: Record<string, Input> = { title: new Input("Bumi"), draft: new Input(), csrfmiddlewaretoken: new Input("kunci") };
  const form = Object.assign(new Element(), { elements: { namedItem: (name: string) => fields[name] ?? null } });
  browser({
    window: new Element(),
    document: { createElement: () => new Element() },
    navigator: { onLine: true },
    FormData: class {
      *[Symbol.iterator]() {
        for (const [name, field] of Object.entries(fields)) yield [name, field.value];
      }
    },
    localStorage: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) },
    fetch: async (_address: string, { body }: { body: string }) => {
      sent.push(JSON.parse(body));
      return answer();
    },
  });
  const keeper = Object.assign(new Keeper(), { closest: () => form, replaceChildren: (...shown: unknown[]) => void (keeper.shown = shown), shown: [] as unknown[] });
  for (const [name, value] of Object.entries({ address: "/staff/drafts/", view: "form", record: "7", "said-offline": "terputus", "said-found": "ada isian" })) keeper.setAttribute(name, value);
  keeper.connectedCallback();
  return { keeper, form, fields, sent, stored };
}

const kept = (draft: number, saves: number) => async () => ({ ok: true, status: 200, json: async () => ({ draft, saves, said: "tersimpan" }) });

test("what is typed goes out a while after the last key, and each keeping names the one before", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { keeper, form, fields, sent } = page(kept(3, 1));
  form.dispatchEvent(new Event("input"));
  form.dispatchEvent(new Event("input"));
  t.mock.timers.tick(2000);
  for (let turns = 0; turns < 9; turns += 1) await Promise.resolve();
  assert.deepEqual([sent.length, sent[0]?.draft, sent[0]?.typed["title"], keeper.textContent, fields["draft"]?.value], [1, null, "Bumi", "tersimpan", "3"]);
  await keeper.keep();
  assert.deepEqual([sent[1]?.draft, sent[1]?.saves], [3, 1]);
});

test("without a connection the browser holds it, and gives it out when the connection is back", async () => {
  let online = false;
  const { keeper, stored } = page(async () => {
    if (!online) throw new TypeError("offline");
    return (await kept(3, 1)()) as { ok: boolean; status: number; json: () => Promise<unknown> };
  });
  await keeper.keep();
  assert.equal(keeper.textContent, "terputus");
  assert.deepEqual(JSON.parse(stored.get("lumbung-draft:form:7") ?? ""), { title: "Bumi", draft: "" });
  online = true;
  await keeper.keep();
  assert.equal(stored.size, 0);
});

test("what another window kept is not overwritten: it is said, and this typing held here", async () => {
  const { keeper, stored } = page(async () => ({ ok: false, status: 409, json: async () => ({ error: "jendela lain" }) }));
  await keeper.keep();
  assert.deepEqual([keeper.textContent, stored.size], ["jendela lain", 1]);
});

test("what the browser still holds is offered on return, unless the page shows it already", () => {
  const other = page(kept(1, 1), { "lumbung-draft:form:7": JSON.stringify({ title: "Bumi manusia" }) });
  assert.equal(other.keeper.shown[0], "ada isian ");
  const same = page(kept(1, 1), { "lumbung-draft:form:7": JSON.stringify({ title: "Bumi" }) });
  assert.deepEqual([same.keeper.shown, same.stored.size], [[], 0]);
});

const pressed = () => Object.assign(new Event("submit", { cancelable: true }), { submitter: null });
const settled = async () => {
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
};

test("a form that nobody would answer stays on the page with what was typed, and goes when the line is back", async () => {
  let online = false;
  const { keeper, form, stored } = page(async () => {
    if (!online) throw new TypeError("offline");
    return (await kept(3, 1)()) as { ok: boolean; status: number; json: () => Promise<unknown> };
  });
  keeper.setAttribute("said-unsaved", "belum tersimpan");
  const gone: boolean[] = [];
  Object.assign(form, { requestSubmit: () => gone.push(form.dispatchEvent(pressed())) });
  assert.equal(form.dispatchEvent(pressed()), false);
  await settled();
  assert.deepEqual([gone, keeper.textContent, stored.size], [[], "belum tersimpan", 1]);
  online = true;
  form.dispatchEvent(pressed());
  form.dispatchEvent(pressed());
  await settled();
  assert.deepEqual([gone, stored.size], [[true], 0]);
});

test("a form whose sender is signed out goes, and the browser holds what was typed", async () => {
  const { form, stored } = page(async () => ({ ok: true, status: 200, redirected: true, json: async () => JSON.parse("<html>") }));
  const gone: boolean[] = [];
  Object.assign(form, { requestSubmit: () => gone.push(form.dispatchEvent(pressed())) });
  form.dispatchEvent(pressed());
  await settled();
  assert.deepEqual([gone, stored.size], [[true], 1]);
});

test("two keepings at once make one draft: the second waits, and names what the first made", async () => {
  const { keeper, sent } = page(kept(3, 1));
  await Promise.all([keeper.keep(), keeper.keep()]);
  assert.deepEqual(sent.map(({ draft, saves }) => [draft, saves]), [[null, 0], [3, 1]]);
});
