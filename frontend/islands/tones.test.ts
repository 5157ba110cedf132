import assert from "node:assert/strict";
import { test } from "node:test";

import { isMuted, isTone, play, setMuted, type Tone } from "./tones";

function listen(tone: Tone): number[] {
  const heard: number[] = [];
  const gain = { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} };
  const audio = {
    currentTime: 0,
    destination: {},
    createGain: () => ({ gain, connect: () => {} }),
    createOscillator: () => {
      const voice = { type: "", frequency: { value: 0 }, connect: (to: unknown) => to, start: () => heard.push(voice.frequency.value), stop: () => {} };
      return voice;
    },
  };
  play(tone, audio as unknown as AudioContext);
  return heard;
}

test("each outcome has a tone of its own: one note, rising, falling", () => {
  const [attention, error] = [listen("attention"), listen("error")];
  assert.equal(listen("ok").length, 1);
  assert.ok(attention[0]! < attention[1]!);
  assert.ok(error[0]! > error[1]!);
});

test("muting is remembered", () => {
  const kept = new Map<string, string>();
  const memory = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  assert.equal(isMuted(memory), false);
  setMuted(memory, true);
  assert.equal(isMuted(memory), true);
  setMuted(memory, false);
  assert.equal(isMuted(memory), false);
});

test("only known tones are tones", () => {
  assert.equal(isTone("ok"), true);
  assert.equal(isTone("toString"), false);
  assert.equal(isTone(undefined), false);
});
