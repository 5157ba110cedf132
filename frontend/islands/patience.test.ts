import assert from "node:assert/strict";
import { test } from "node:test";

import { patience } from "./patience";

test("patience ends after its time, also in a browser without AbortSignal.timeout", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(AbortSignal, "timeout", () => assert.fail("too young"));
  const signal = patience(1000);
  t.mock.timers.tick(999);
  assert.equal(signal.aborted, false);
  t.mock.timers.tick(1);
  assert.equal(signal.aborted, true);
});
