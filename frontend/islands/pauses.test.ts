import assert from "node:assert/strict";
import { test } from "node:test";

import { nextPause } from "./pauses";

test("asks less and less often while nothing comes, and soon again after news", () => {
  let pause = 1500;
  let asked = 0;
  for (let time = 0; time < 600_000; time += pause) {
    asked += 1;
    pause = nextPause(pause, false, false);
  }
  assert.equal(pause, 20_000);
  assert.ok(asked < 40);
  assert.equal(nextPause(20_000, true, false), 1500);
});

test("asks rarely while nobody looks", () => {
  assert.equal(nextPause(1500, true, true), 60_000);
});
