import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { lock, memberOf, unlock, type Provisions } from "./offline-provisions";

const salt = "5a17";
const digest = (number: string): string => createHash("sha256").update(salt + number).digest("hex").slice(0, 20);
const provisions: Provisions = { until: "2026-03-09T00:00:00Z", salt, members: { [digest("M-ANI")]: ["A. S.", "ok"] } };
const before = new Date("2026-03-08T23:59:59Z");

test("a member is known by any case of the number, and a stranger is not", async () => {
  assert.deepEqual(await memberOf(provisions, " m-ani "), ["A. S.", "ok"]);
  assert.equal(await memberOf(provisions, "M-BUDI"), undefined);
  assert.equal(await memberOf(undefined, "M-ANI"), undefined);
});

test("what is locked is unlocked as it was, says nothing meanwhile, and is gone when its time is over", async () => {
  const locked = await lock(provisions);
  assert.deepEqual(await unlock(locked, before), provisions);
  assert.equal(new TextDecoder().decode(locked.data).includes("A. S."), false);
  await assert.rejects(crypto.subtle.exportKey("raw", locked.key));
  assert.equal(await unlock(locked, new Date("2026-03-09T00:00:00Z")), undefined);
  assert.equal(await unlock(undefined, before), undefined);
});
