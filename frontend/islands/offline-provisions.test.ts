import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { Altered, lock, memberOf, opened, unlock, type Locked, type Provisions } from "./offline-provisions";

const salt = "5a17";
const digest = (number: string): string => createHash("sha256").update(salt + number).digest("hex").slice(0, 20);
const provisions: Provisions = { until: "2026-03-09T00:00:00Z", salt, members: { [digest("M-ANI")]: ["A. S.", "ok"] } };
const before = new Date("2026-03-08T23:59:59Z");
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicKey = pair.publicKey.export({ type: "spki", format: "der" }).toString("base64");
const text = JSON.stringify(provisions);
const sealOf = (said: string): string => sign("sha256", Buffer.from(said), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64");
const sealed = { text, seal: sealOf(text) };

test("a member is known by any case of the number, and a stranger is not", async () => {
  assert.deepEqual(await memberOf(provisions, " m-ani "), ["A. S.", "ok"]);
  assert.equal(await memberOf(provisions, "M-BUDI"), undefined);
  assert.equal(await memberOf(undefined, "M-ANI"), undefined);
});

test("what is locked is unlocked as it was, says nothing meanwhile, and is gone when its time is over", async () => {
  const locked = await lock(sealed, publicKey);
  assert.deepEqual(await unlock(locked, publicKey, before), provisions);
  assert.equal(new TextDecoder().decode(locked.data).includes("A. S."), false);
  await assert.rejects(crypto.subtle.exportKey("raw", locked.key));
  assert.equal(await unlock(locked, publicKey, new Date("2026-03-09T00:00:00Z")), undefined);
  assert.equal(await unlock(undefined, publicKey, before), undefined);
});

test("what was altered on the way, or sealed by somebody else, is not even kept", async () => {
  const blocked = text.replace('"ok"', '"full"');
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" }).toString("base64");
  for (const [given, key] of [
    [{ text: blocked, seal: sealed.seal }, publicKey],
    [{ text, seal: "" }, publicKey],
    [{ text, seal: "????" }, publicKey],
    [sealed, other],
    [sealed, ""],
  ] as const) {
    await assert.rejects(opened(given, key), Altered);
    await assert.rejects(lock(given, key), Altered);
  }
});

test("what was altered on the device is refused: its bytes, its time, or all of it put in anew without the seal", async () => {
  const kept = await lock(sealed, publicKey);
  const bent = new Uint8Array(kept.data.slice(0));
  bent[3] = bent[3]! ^ 1;
  await assert.rejects(unlock({ ...kept, data: bent.buffer }, publicKey, before), Altered);
  const anew = { ...kept, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, new TextEncoder().encode(text)) };
  await assert.rejects(unlock(anew as Locked, publicKey, before), Altered);
  const later = new Date("2026-03-10T00:00:00Z");
  assert.equal(await unlock({ ...kept, until: "2036-01-01T00:00:00Z" }, publicKey, later), undefined);
});
