import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Element, island, key } from "./stand-in";

const ShelfWalk = await island<{ connectedCallback(): void }>("shelf-walk", () => import("./shelf-walk"));

class Title extends Element {
  constructor(
    private readonly top: number,
    private readonly focused: (title: Title) => void,
  ) {
    super();
  }

  focus(): void {
    this.focused(this);
  }

  getBoundingClientRect(): { top: number } {
    return { top: this.top };
  }
}

/** A wall of six titles, four in the first line; tells where the focus is after each key: a title's place, "next" or "prev". */
function wall(): { press: (pressed: string, more?: object) => number | string } {
  const page = { activeElement: undefined as Title | undefined, querySelector: (selector: string) => ways[selector] ?? null };
  const focused = (title: Title): void => void (page.activeElement = title);
  const titles = [0, 0, 0, 0, 200, 200].map((top) => new Title(top, focused));
  const next = new Title(400, focused);
  const ways: Record<string, Title> = { "a[rel~=next]": next };
  const made = Object.assign(new ShelfWalk(), { querySelectorAll: () => titles });
  browser({ document: page });
  page.activeElement = titles[0];
  made.connectedCallback();
  return {
    press: (pressed, more = {}) => {
      made.dispatchEvent(key(pressed, more));
      return page.activeElement === next ? "next" : titles.indexOf(page.activeElement as Title);
    },
  };
}

test("the arrows walk along the shelf and from line to line", () => {
  const { press } = wall();
  assert.deepEqual(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "Home"].map((each) => press(each)), [1, 5, 4, 0, 5, 0]);
});

test("past the end lies the next stretch, and nothing before the first", () => {
  const { press } = wall();
  assert.equal(press("ArrowLeft"), 0);
  press("End");
  assert.equal(press("ArrowDown"), 5);
  assert.equal(press("ArrowRight"), "next");
});

test("other keys are the browser's", () => {
  const { press } = wall();
  assert.equal(press("ArrowRight", { altKey: true }), 0);
  assert.equal(press("x"), 0);
});
