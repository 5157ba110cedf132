// Places in what is read, as Readium writes them, and what every way of showing a file can do.

/** Stands between paragraphs of a text that has them. */
export const PARAGRAPH = "\u2029";

export interface Locator {
  href: string;
  type: string;
  title?: string;
  locations?: { fragments?: string[]; progression?: number; position?: number; totalProgression?: number };
  text?: { before?: string; highlight?: string; after?: string };
}

export interface Chapter {
  title: string;
  href: string;
  depth: number;
}

export interface Hit {
  number: number;
  label: string;
  href: string;
  progression: number;
  pieces: [string, boolean][];
}

export interface Looks {
  size: number;
  spacing: number;
  theme: "auto" | "paper" | "sepia" | "night";
  serif: boolean;
  rate: number;
  voice: string;
}

/** One way of showing a file. `moved` is called with the place whenever the reader has turned to another. */
export interface View {
  open(at: Locator | null, moved: (place: Locator, said: string) => void): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  goTo(place: Locator): Promise<void>;
  goToChapter(href: string): Promise<void>;
  goToHit(hit: Hit, words: string): Promise<void>;
  chapters(): Promise<Chapter[]>;
  words(): string;
  chosen(): Locator | null;
  mark(places: { key: string; locator: Locator; colour: string }[]): void;
  look(looks: Looks): void;
  /** Of what has words: shows the sentence that is read aloud (null: none more). */
  show?(sentence: string | null): void;
  /** Turns to the page after the words of `words`; false where there is none. */
  onwards?(): Promise<boolean>;
  /** The language that the work itself names. */
  language?(): string;
  /** Of pictures: nearer, farther, or (0) whole; turned by a quarter; moved, where more of it lies that way. */
  zoom?(by: 1 | -1 | 0): void;
  turnAround?(): void;
  pan?(sideways: number, down?: number): boolean;
  /** Of recordings: plays, or stops playing. */
  play?(): void;
}

/** The place of a page of a document with pages. */
export function pagePlace(number: number, total: number, highlight = ""): Locator {
  return {
    href: `pages/${number}.jpg`,
    type: "image/jpeg",
    locations: { position: number, fragments: [`page=${number}`], totalProgression: total > 1 ? (number - 1) / (total - 1) : 1 },
    ...(highlight ? { text: { highlight: highlight.slice(0, 2000) } } : {}),
  };
}

/** The number of the page that a place names; 1 where it names none. */
export function pageOf(place: Locator | null): number {
  const named = place?.locations?.fragments?.find((each) => /^page=\d+$/.test(each));
  return place?.locations?.position ?? (named ? Number(named.slice(5)) : 1);
}

/** The place of a moment in a recording. */
export function momentPlace(seconds: number, length: number, type: string): Locator {
  const total = length > 0 ? Math.min(1, seconds / length) : 0;
  return { href: "play", type, locations: { fragments: [`t=${Math.floor(seconds)}`], progression: total, totalProgression: total } };
}

/** The seconds that a place names. */
export function secondsOf(place: Locator | null): number {
  const named = place?.locations?.fragments?.find((each) => /^t=\d+(\.\d+)?$/.test(each));
  return named ? Number(named.slice(2)) : 0;
}

/** The exact place in a book that a Locator carries, if it does. */
export function cfiOf(place: Locator | null): string | null {
  return place?.locations?.fragments?.find((each) => each.startsWith("epubcfi(")) ?? null;
}

/** The place itself, without marking the words that stand there: they are kept as what comes after it. */
export function spot(place: Locator): Locator {
  const said = place.text?.highlight;
  return said ? { ...place, text: { after: said } } : place;
}

/** How far a place is, as a whole percentage. */
export function percent(place: Locator): number {
  return Math.round((place.locations?.totalProgression ?? 0) * 100);
}

/** Sentences of a text, for reading aloud one after the other; none goes beyond its paragraph. */
export function sentences(text: string): string[] {
  const of = (line: string): string[] => line.replace(/\s+/g, " ").match(/(?:[^.!?…]|[.!?…](?![\s.!?…"”’»)]|$))+[.!?…]*["”’»)]*\s*|[.!?…]+\s*/g) ?? [];
  return text
    .split(PARAGRAPH)
    .flatMap(of)
    .map((each) => each.trim())
    .filter((each) => /[\p{L}\p{N}]/u.test(each));
}

/** Where a sentence stands in lines that are read with a space between them, from letter `from` on: parts of lines by their number, and
 * the letter after it. Null where it is not. */
export function partsOf(lines: string[], sentence: string, from: number): { parts: { line: number; from: number; to: number }[]; end: number } | null {
  const clean = lines.map((line) => line.replace(/\s+/g, " ").trim());
  const at = clean.join(" ").indexOf(sentence, from);
  if (at < 0) return null;
  const [parts, end]: [{ line: number; from: number; to: number }[], number] = [[], at + sentence.length];
  for (let line = 0, begin = 0; line < clean.length; begin += clean[line]!.length + 1, line++) {
    const [first, last] = [Math.max(0, at - begin), Math.min(clean[line]!.length, end - begin)];
    if (first < last) parts.push({ line, from: first, to: last });
  }
  return { parts, end };
}
