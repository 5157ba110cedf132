import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { browser, Element, island } from "./stand-in";

const AnswerDraft = await island<{ connectedCallback(): void; disconnectedCallback(): void }>("answer-draft", () => import("./answer-draft"));
const GREETING = "Halo Kak Dewi, ";
const stored = new Map<string, string>();
const window = new Element();
browser({
  window,
  sessionStorage: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) },
});
beforeEach(() => stored.clear());

/** The page of a conversation, as the server shows it; leaving it takes the draft off the window. */
function page({ text = GREETING, titles = "", seen = "5", name = "3:8" } = {}) {
  const fields = { text: { value: text }, titles: { value: titles }, seen: { value: seen } };
  const draft = new AnswerDraft();
  for (const [field, shown] of Object.entries(fields)) draft.inside.set(`[name="${field}"]`, shown);
  draft.setAttribute("name", name);
  draft.setAttribute("begun", GREETING);
  draft.connectedCallback();
  const press = (button: Element | null = null, stopped = false) => {
    const submit = Object.assign(new Event("submit", { cancelable: true }), { submitter: button });
    if (stopped) submit.preventDefault();
    draft.dispatchEvent(submit);
  };
  const leave = () => {
    window.dispatchEvent(new Event("pagehide"));
    draft.disconnectedCallback();
  };
  return { fields, press, leave, type: (typed: string) => { fields.text.value = typed; draft.dispatchEvent(new Event("input")); } };
}

/** What a page shows after one on which this was done. */
function after(done: (before: ReturnType<typeof page>) => void, shown: Parameters<typeof page>[0] = {}) {
  const before = page();
  done(before);
  before.leave();
  const next = page(shown);
  next.leave();
  return next.fields;
}

test("an answer begun is there again, with its titles, after another button of the page", () => {
  const { text, titles } = after(({ fields, type }) => {
    type("Ada, di lantai 2.");
    fields.titles.value = "7,9";
  });
  assert.deepEqual([text.value, titles.value], ["Ada, di lantai 2.", "7,9"]);
});

test("what was sent does not come back once it has come in, and does when sending failed", () => {
  const send = ({ press, type }: ReturnType<typeof page>) => {
    type("Ada.");
    press();
  };
  assert.equal(after(send, { seen: "6" }).text.value, GREETING);
  stored.clear();
  assert.equal(after(send, { seen: "5" }).text.value, "Ada.");
});

test("what is written on after sending counts as not sent", () => {
  const { text } = after(({ press, type }) => {
    type("Ada.");
    press();
    type("Ada, dua.");
  }, { seen: "6" });
  assert.equal(text.value, "Ada, dua.");
});

test("a form that a script stopped was not sent", () => {
  const { text } = after(({ press, type }) => {
    type("Ada.");
    press(null, true);
  }, { seen: "6" });
  assert.equal(text.value, "Ada.");
});

test("words that the server carries to the next page itself are not kept beside", () => {
  const carrying = new Element();
  carrying.setAttribute("formaction", "/words");
  const before = page();
  before.type("Ada.");
  before.press(carrying);
  before.leave();
  assert.equal(stored.size, 0);
});

test("words of the server's own stay, and the greeting alone is nothing to keep", () => {
  assert.equal(after(({ type }) => type("Ada."), { text: "Jawaban siap pakai" }).text.value, "Jawaban siap pakai");
  stored.clear();
  const untouched = page();
  untouched.leave();
  assert.equal(stored.size, 0);
});

test("another conversation, and another librarian on the same computer, see nothing of it", () => {
  for (const name of ["3:9", "4:8"]) assert.equal(after(({ type }) => type("Ada."), { name }).text.value, GREETING);
});

test("once it is shown again nothing of it stays behind", () => {
  const before = page();
  before.type("Ada.");
  before.leave();
  assert.equal(stored.size, 1);
  assert.deepEqual([page().fields.text.value, stored.size], ["Ada.", 0]);
});
