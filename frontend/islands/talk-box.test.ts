import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { browser, Element, island } from "./stand-in";

interface Answer {
  ok: boolean;
  headers: Map<string, string>;
  text(): Promise<string>;
}

mock.timers.enable({ apis: ["setTimeout"] });
browser({ window: globalThis, document: Object.assign(new Element(), { hidden: false }), FormData: class {} });
const TalkBox = await island<{ connectedCallback(): void }>("talk-box", () => import("./talk-box"));

function talk() {
  const [made, form, box, errors] = [new TalkBox(), new Element(), Object.assign(new Element(), { readOnly: false }), new Element()];
  const answers: ((answer: Answer) => void)[] = [];
  errors.textContent = "Belum terkirim.";
  Object.assign(form, { action: "/chat", reset: () => {} });
  form.inside.set("textarea", box);
  made.inside.set(":scope > form", form);
  made.inside.set(".errors", errors);
  browser({ fetch: () => new Promise<Answer>((answer) => answers.push(answer)) });
  made.connectedCallback();
  const press = (): void => void form.dispatchEvent(new Event("submit", { cancelable: true }));
  const answer = async (ok: boolean, told: string): Promise<void> => {
    answers.at(-1)!({ ok, headers: new Map([["Content-Type", "text/plain; charset=utf-8"]]), text: () => Promise.resolve(told) });
    await new Promise((done) => setImmediate(done));
  };
  return { answer, answers, box, errors, press };
}

test("pressed twice before the answer it is sent once, and nothing is typed meanwhile that would be lost", async () => {
  const { answer, answers, box, press } = talk();
  press();
  press();
  assert.deepEqual([answers.length, box.readOnly], [1, true]);
  await answer(true, "");
  assert.equal(box.readOnly, false);
  press();
  assert.equal(answers.length, 2);
});

test("where the chat was switched off meanwhile the box says what the server says", async () => {
  const { answer, errors, press } = talk();
  press();
  await answer(false, "Obrolan sedang dimatikan.");
  assert.deepEqual([errors.hidden, errors.textContent], [false, "Obrolan sedang dimatikan."]);
});
