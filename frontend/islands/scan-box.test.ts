import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { browser, Element, island, key } from "./stand-in";

class Field extends Element {
  value = "";
}

mock.timers.enable({ apis: ["setTimeout"] });
const ScanBox = await island<{ connectedCallback(): void }>("scan-box", () => import("./scan-box"));

/** An event as htmx sends it about the desk's form. */
function told(name: string, form: Element, detail: object): Event {
  return Object.defineProperty(Object.assign(new Event(name), { detail }), "target", { value: form });
}

function desk() {
  const [made, form, box, status, complaint] = [new ScanBox(), new Element(), new Field(), new Element(), new Element()];
  const body = new Element();
  const document = Object.assign(new Element(), { body, activeElement: body as Element, querySelectorAll: () => [] });
  const sent: string[] = [];
  Object.assign(body, { closest: () => null });
  Object.assign(box, { closest: () => null, focus: () => void (document.activeElement = box) });
  Object.assign(complaint, { toggleAttribute: (_: string, on: boolean) => void (complaint.hidden = on) });
  Object.assign(form, {
    requestSubmit: () => {
      const request = { parameters: { code: "" } };
      made.dispatchEvent(told("htmx:configRequest", form, request));
      sent.push(request.parameters.code);
    },
  });
  for (const [selector, found] of [["form", form], ["input[name=code]", box], ["[role=status]", status], ["[data-no-answer]", complaint]] as const) {
    made.inside.set(selector, found);
  }
  browser({
    document,
    localStorage: { getItem: () => "yes", setItem: () => {} },
    matchMedia: () => ({ matches: true }),
    AudioContext: class { state = "running"; },
    HTMLInputElement: Field,
    HTMLTextAreaElement: Field,
    HTMLSelectElement: Field,
    HTMLButtonElement: class {},
    HTMLAnchorElement: class {},
  });
  made.connectedCallback();
  const scan = (code: string): Event => {
    box.value = code;
    const submit = new Event("submit", { cancelable: true });
    made.dispatchEvent(submit);
    return submit;
  };
  const answer = (successful: boolean): void => void body.dispatchEvent(told("htmx:afterRequest", form, { successful }));
  return { body, box, complaint, document, sent, status, scan, answer };
}

test("scans faster than the answers are sent one after the other, and the box is empty at once", () => {
  const { box, sent, scan, answer } = desk();
  const first = scan("2311040087\r\n");
  assert.deepEqual([first.defaultPrevented, box.value], [true, ""]);
  scan("B0000001");
  mock.timers.tick(1);
  assert.deepEqual(sent, ["2311040087"]);
  answer(true);
  mock.timers.tick(1);
  assert.deepEqual(sent, ["2311040087", "B0000001"]);
});

test("when no answer comes the box says so, and takes it back with the next answer", () => {
  const { complaint, sent, scan, answer } = desk();
  scan("B0000001");
  mock.timers.tick(1);
  answer(false);
  assert.equal(complaint.hidden, false);
  scan("B0000002");
  mock.timers.tick(1);
  answer(true);
  assert.equal(complaint.hidden, true);
  assert.deepEqual(sent, ["B0000001", "B0000002"]);
});

test("what the answer says to the eye is said to a screen reader", () => {
  const { body, document, status } = desk();
  const said = new Element();
  said.textContent = "\n  Dipinjamkan:   Bumi Manusia ";
  const refused = new Element();
  refused.textContent = "Tuliskan alasannya.";
  Object.assign(document, { querySelectorAll: () => [refused, said] });
  body.dispatchEvent(new Event("htmx:afterSettle"));
  assert.equal(status.textContent, "Tuliskan alasannya. Dipinjamkan: Bumi Manusia");
  body.dispatchEvent(new Event("htmx:afterSettle"));
  assert.equal(status.textContent, "Tuliskan alasannya. Dipinjamkan: Bumi Manusia\u00a0", "the same once more is another announcement");
});

test("typing anywhere outside a field goes to the box; a key with Ctrl does not", () => {
  const { body, box, document } = desk();
  document.activeElement = body;
  document.dispatchEvent(key("c", { ctrlKey: true }));
  assert.equal(document.activeElement, body);
  document.dispatchEvent(key("B"));
  assert.equal(document.activeElement, box);
});
