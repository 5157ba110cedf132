import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Element, island } from "./stand-in";

const PrintButton = await island<{ connectedCallback(): void }>("print-button", () => import("./print-button"));

function printing(): { window: Element; prints: () => number } {
  let prints = 0;
  const window = Object.assign(new Element(), { print: () => void (prints += 1) });
  browser({ window });
  return { window, prints: () => prints };
}

test("the button within prints", () => {
  const { window, prints } = printing();
  const [made, inner] = [new PrintButton(), new Element()];
  made.hidden = true;
  made.inside.set("button", inner);
  made.connectedCallback();
  assert.equal(made.hidden, false);
  window.dispatchEvent(new Event("load"));
  assert.equal(prints(), 0);
  inner.click();
  assert.equal(prints(), 1);
});

test("with at-once, arriving on the page prints, once", () => {
  const { window, prints } = printing();
  const made = new PrintButton();
  made.setAttribute("at-once", "");
  made.connectedCallback();
  window.dispatchEvent(new Event("load"));
  window.dispatchEvent(new Event("load"));
  assert.equal(prints(), 1);
});

test("a slip for the roll is printed on paper as long as the slip, and a page without one as it is", () => {
  const { window } = printing();
  const document = Object.assign(new Element(), { adoptedStyleSheets: [] as { rules: string }[] });
  class CSSStyleSheet {
    rules = "";
    replaceSync(rules: string): void {
      this.rules = rules;
    }
  }
  browser({ document, CSSStyleSheet });
  new PrintButton().connectedCallback();
  window.dispatchEvent(new Event("beforeprint"));
  assert.deepEqual(document.adoptedStyleSheets, []);
  document.inside.set(".paper-roll", { getBoundingClientRect: () => ({ height: 378 }) });
  window.dispatchEvent(new Event("beforeprint"));
  assert.deepEqual(document.adoptedStyleSheets.map((each) => each.rules), ["@page roll { size: 80mm 101mm; margin: 3mm; }"]);
});
