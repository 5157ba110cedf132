import assert from "node:assert/strict";
import { test } from "node:test";

import { stretchOf } from "./kept-stretch";

const kept = () => new Response("0123456789", { headers: { "Content-Type": "audio/mpeg", "Content-Length": "10" } });

for (const [range, body, where] of [["bytes=4-", "456789", "4-9"], ["bytes=2-3", "23", "2-3"], ["bytes=0-99", "0123456789", "0-9"]] as const) {
  test(`the stretch ${range} is cut from what was kept`, async () => {
    const answer = await stretchOf(kept(), range);
    assert.deepEqual([answer.status, await answer.text()], [206, body]);
    assert.deepEqual(
      ["Content-Range", "Content-Length", "Content-Type"].map((name) => answer.headers.get(name)),
      [`bytes ${where}/10`, String(body.length), "audio/mpeg"],
    );
  });
}

for (const range of [null, "bytes=-3", "bytes=0-1,4-5", "pages=1-2"]) {
  test(`asked for ${range}, all of it is given`, async () => {
    const answer = await stretchOf(kept(), range);
    assert.deepEqual([answer.status, await answer.text()], [200, "0123456789"]);
  });
}

test("beyond its end there is nothing", async () => {
  const answer = await stretchOf(kept(), "bytes=10-");
  assert.deepEqual([answer.status, answer.headers.get("Content-Range")], [416, "bytes */10"]);
});

test("what was kept can be asked for again", async () => {
  const one = kept();
  await stretchOf(one, "bytes=4-");
  assert.equal(await (await stretchOf(one, null)).text(), "0123456789");
});
