import assert from "node:assert/strict";
import { test } from "node:test";

import { keepOnly, keepOwn } from "./own-pages";
import { browser } from "./stand-in";

const DESK = "https://perpus.example/staff/offline/desk";
const COUNT = "https://perpus.example/staff/stock-takes/3/scan";
const STYLE = "https://perpus.example/static/lumbung.css";

/** Kept pages, by cache; what is asked for by its address is the page that names these users. */
function kept(caches: Record<string, Record<string, string>>) {
  const there = new Map(Object.entries(caches).map(([name, pages]) => [name, new Map(Object.entries(pages))]));
  const opened: string[] = [];
  browser({
    caches: {
      has: async (name: string) => there.has(name),
      open: async (name: string) => {
        opened.push(name);
        const pages = there.get(name) ?? new Map<string, string>();
        return {
          keys: async () => [...pages.keys()].map((url) => ({ url })),
          match: async ({ url }: { url: string }) => ({ text: async () => pages.get(url) ?? "" }),
          delete: async ({ url }: { url: string }) => pages.delete(url),
        };
      },
    },
  });
  return { left: () => [...there.values()].flatMap((pages) => [...pages.keys()]), opened };
}

const pages = () => ({ "lumbung-offline": { [DESK]: '<body data-me="7">', [STYLE]: "a{}" }, "lumbung-stock-take": { [COUNT]: '<body data-me="71">' } });

test("of the pages kept on the device those of the person who is signed in stay, and what is nobody's", async () => {
  const { left } = kept(pages());
  await keepOnly("7");
  assert.deepEqual(left(), [DESK, STYLE]);
});

test("for nobody all pages go", async () => {
  const { left } = kept(pages());
  await keepOnly("");
  assert.deepEqual(left(), [STYLE]);
});

test("a cache that is not there is not made, nor another one looked into", async () => {
  const { left, opened } = kept({ "lumbung-offline": {}, "lumbung-books": { [DESK]: '<body data-me="8">' } });
  await keepOnly("7");
  assert.deepEqual([left(), opened], [[DESK], ["lumbung-offline"]]);
});

test("a browser that keeps no pages has none to forget", async () => {
  delete (globalThis as { caches?: unknown }).caches;
  await keepOnly("7");
});

test("a page of the staff says whose pages stay; one that names nobody leaves them all", async () => {
  const { left } = kept(pages());
  browser({ document: { querySelector: () => null } });
  keepOwn();
  await new Promise(setImmediate);
  assert.deepEqual(left(), [DESK, STYLE, COUNT]);
  browser({ document: { querySelector: () => ({ dataset: { me: "71" } }) } });
  keepOwn();
  await new Promise(setImmediate);
  assert.deepEqual(left(), [STYLE, COUNT]);
});
