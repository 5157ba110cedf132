// What a scanner sent and what a telephone can say about it by itself; the server reads codes in the same way and has the last word.

export type Finding = "found" | "misplaced" | "lent" | "gone" | "unknown";

/** A line as the server wrote it down: barcode, standing, title, call number, key of its location. */
export type Line = [barcode: string, standing: string, title: string, callNumber: string, location: number | null];

export interface Snapshot {
  round: number;
  prefix: string;
  suffix: string;
  places: Record<string, string>;
  lines: Line[];
}

export interface Judgement {
  barcode: string;
  finding: Finding;
  line: Line | undefined;
}

const STRAY = /[\u0000-\u001f\u007f\u200b-\u200f\ufeff]/g;
const FRENCH_FROM = "&é\"'(-è_çàqwazQWAZ;:!)§";
const FRENCH_TO = "1234567890azqwAZQW,.--?";
const GERMAN_FROM = "yzYZßüöä";
const GERMAN_TO = "zyZY-[;'";
const SHORTEST = 3;

function clean(scanned: string): string {
  const bare = scanned.slice(0, 200).replace(STRAY, " ").trim();
  return (/^\*(.+)\*$/.exec(bare)?.[1] ?? bare).replace(/^\][A-Za-z][0-9A-Za-z]/, "").trim();
}

function bare(code: string, prefix: string, suffix: string): string {
  let left = code;
  if (prefix !== "" && left.length > prefix.length && left.toUpperCase().startsWith(prefix.toUpperCase())) left = left.slice(prefix.length);
  if (suffix !== "" && left.length > suffix.length && left.toUpperCase().endsWith(suffix.toUpperCase())) left = left.slice(0, -suffix.length);
  return left.trim();
}

function once(code: string): string {
  const half = code.length / 2;
  return half >= SHORTEST && code.slice(0, half) === code.slice(half) ? code.slice(0, half) : "";
}

function typedOn(code: string, from: string, to: string): string {
  return [...code].map((each) => (from.includes(each) ? to[from.indexOf(each)] : each)).join("");
}

function onOtherKeyboards(code: string): string[] {
  const told: string[] = [];
  if (!/[0-9]/.test(code) && /[&é"'(è_çà]/.test(code)) told.push(typedOn(code, FRENCH_FROM, FRENCH_TO));
  if (code.includes("ß")) told.push(typedOn(code, GERMAN_FROM, GERMAN_TO));
  return told;
}

/** What the scan may mean, in upper case, the likeliest first; none for an empty scan. */
export function readings(scanned: string, prefix = "", suffix = ""): string[] {
  const code = clean(scanned);
  const halves = [once(bare(code, prefix, suffix)), once(code)];
  const told = [code, ...halves, ...onOtherKeyboards(code)].flatMap((each) => [bare(each, prefix, suffix), each]);
  return [...new Set(told.filter((each) => each !== "").map((each) => each.toUpperCase()))];
}

/** What the scan finds, as far as the lines taken along can say; undefined for an empty scan. */
export function judge(scanned: string, snapshot: Snapshot, lines: Map<string, Line>, place: number | null): Judgement | undefined {
  const codes = readings(scanned, snapshot.prefix, snapshot.suffix);
  const first = codes[0];
  if (first === undefined) return undefined;
  const barcode = codes.find((each) => lines.has(each)) ?? first;
  const line = lines.get(barcode);
  return { barcode, line, finding: line === undefined ? "unknown" : findingOf(line, place) };
}

function findingOf(line: Line, place: number | null): Finding {
  const [, standing, , , location] = line;
  if (standing === "on_loan") return "lent";
  if (standing === "lost" || standing === "withdrawn") return "gone";
  return standing === "elsewhere" || (place !== null && location !== null && place !== location) ? "misplaced" : "found";
}
