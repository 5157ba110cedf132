// Three short tones a clerk tells apart without looking: done, look here, refused. Muting is remembered in this browser.

export type Tone = "ok" | "attention" | "error";

interface Note {
  hertz: number;
  start: number;
  seconds: number;
}

const MUTED = "lumbung.desk.muted";

const NOTES: Record<Tone, Note[]> = {
  ok: [{ hertz: 1046, start: 0, seconds: 0.09 }],
  attention: [
    { hertz: 784, start: 0, seconds: 0.11 },
    { hertz: 1046, start: 0.14, seconds: 0.16 },
  ],
  error: [
    { hertz: 220, start: 0, seconds: 0.16 },
    { hertz: 175, start: 0.18, seconds: 0.28 },
  ],
};

type Memory = Pick<Storage, "getItem" | "setItem">;

export function isTone(name: string | undefined): name is Tone {
  return name !== undefined && Object.hasOwn(NOTES, name);
}

export function isMuted(memory: Memory): boolean {
  return memory.getItem(MUTED) === "yes";
}

export function setMuted(memory: Memory, muted: boolean): void {
  memory.setItem(MUTED, muted ? "yes" : "no");
}

/** Sounds the tone; the loudness swells and fades within each note, so that it does not click. */
export function play(tone: Tone, audio: AudioContext): void {
  for (const note of NOTES[tone]) {
    const from = audio.currentTime + note.start;
    const until = from + note.seconds;
    const loudness = audio.createGain();
    loudness.gain.setValueAtTime(0.0001, from);
    loudness.gain.exponentialRampToValueAtTime(0.18, from + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.0001, until);
    const voice = audio.createOscillator();
    voice.type = tone === "error" ? "square" : "sine";
    voice.frequency.value = note.hertz;
    voice.connect(loudness).connect(audio.destination);
    voice.start(from);
    voice.stop(until);
  }
}
