// What this device knows of somebody's reading, kept here at once and brought together with the server whenever it can be reached.
import type { Locator } from "./reading-places";

export interface Mark {
  key: string;
  kind: "bookmark" | "highlight" | "note";
  locator: Locator;
  note: string;
  colour: string;
  at: string;
  version: number;
  beside: string | null;
  removed: boolean;
}

export interface Position {
  device: string;
  locator: Locator;
  at: string;
}

interface Kept {
  position: Position | null;
  marks: Mark[];
  waiting: string[];
  moved: boolean;
}

interface Told {
  position: Position | null;
  marks: Mark[];
  waits?: boolean;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Ask = (address: string, init?: RequestInit) => Promise<Response>;

const EMPTY: Kept = { position: null, marks: [], waiting: [], moved: false };

export class Sync {
  private kept: Kept;
  private sending: Promise<void> | null = null;
  readonly device: string;
  /** Called when others read at all places meanwhile. */
  onPlaceLost: () => void = () => undefined;

  constructor(
    private readonly address: string,
    /** Who reads: what others read on this device is not theirs. Empty: nobody is signed in, and all of it stays here. */
    private readonly reader: string,
    private readonly token: () => string,
    private readonly store: Store = localStorage,
    private readonly ask: Ask = (address, init) => fetch(address, init),
  ) {
    this.device = store.getItem("lumbung-device") ?? newKey();
    store.setItem("lumbung-device", this.device);
    this.kept = this.keptAs(this.name);
    if (reader) this.takeOver();
  }

  private get name(): string {
    return this.reader ? `lumbung-reading:${this.reader}:${this.address}` : this.nobodys;
  }

  private get nobodys(): string {
    return `lumbung-reading:${this.address}`;
  }

  private keptAs(name: string): Kept {
    return { ...EMPTY, ...(JSON.parse(this.store.getItem(name) ?? "{}") as Partial<Kept>) };
  }

  /** Who signs in takes along what they marked before. */
  private takeOver(): void {
    const before = this.keptAs(this.nobodys);
    const marks = before.marks.filter((mark) => before.waiting.includes(mark.key));
    if (marks.length || before.position) {
      this.kept = { ...this.kept, marks: [...this.kept.marks, ...marks], waiting: [...this.kept.waiting, ...marks.map((mark) => mark.key)] };
      if (!this.kept.position && before.position) this.kept = { ...this.kept, position: before.position, moved: true };
      this.write();
    }
    this.store.removeItem(this.nobodys);
  }

  get position(): Position | null {
    return this.kept.position;
  }

  /** The marks that stand, in the order in which they were made. */
  get marks(): Mark[] {
    return this.kept.marks.filter((mark) => !mark.removed);
  }

  get isSent(): boolean {
    return !this.kept.moved && this.kept.waiting.length === 0;
  }

  moveTo(locator: Locator, at = new Date()): void {
    this.kept.position = { device: this.device, locator, at: at.toISOString() };
    this.kept.moved = true;
    this.write();
  }

  /** Makes or changes a mark, and lets it wait to be sent. */
  put(mark: Partial<Mark> & Pick<Mark, "kind" | "locator">, at = new Date()): Mark {
    const before = this.kept.marks.find((each) => each.key === mark.key);
    const made: Mark = { key: newKey(), note: "", colour: "grain", version: 0, beside: null, removed: false, ...before, ...mark, at: at.toISOString() };
    this.kept.marks = [...this.kept.marks.filter((each) => each.key !== made.key), made];
    if (!this.kept.waiting.includes(made.key)) this.kept.waiting.push(made.key);
    this.write();
    return made;
  }

  remove(key: string): void {
    const mark = this.kept.marks.find((each) => each.key === key);
    if (mark) this.put({ ...mark, removed: true });
  }

  /** Sends what waits and takes what others sent. The place of another device, when it is later than ours; null otherwise. */
  async bring(): Promise<Position | null> {
    if (!this.reader) return null;
    while (this.sending) await this.sending;
    let elsewhere: Position | null = null;
    this.sending = this.exchange().then((told) => {
      elsewhere = told;
    });
    try {
      await this.sending;
    } finally {
      this.sending = null;
    }
    return elsewhere;
  }

  /** The server is told whose reading this is: another may have signed in meanwhile. */
  private get named(): Record<string, string> {
    return { "X-Reader": this.reader };
  }

  private async exchange(): Promise<Position | null> {
    const sent = [...this.kept.waiting];
    const position = this.kept.moved ? this.kept.position : null;
    let answer: Response;
    try {
      answer = sent.length || position ? await this.post(sent, position) : await this.ask(this.address, { headers: { Accept: "application/json", ...this.named } });
      if (!answer.ok || answer.redirected) return null;
    } catch {
      return null;
    }
    const told = (await answer.json()) as Told;
    const elsewhere = this.take(told, sent, position);
    if (told.waits) this.onPlaceLost();
    return elsewhere;
  }

  private post(sent: string[], position: Position | null): Promise<Response> {
    const marks = this.kept.marks.filter((mark) => sent.includes(mark.key));
    return this.ask(this.address, {
      method: "POST",
      keepalive: true,
      body: JSON.stringify({ device: this.device, position: position && { locator: position.locator, at: position.at }, marks }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token(), ...this.named },
    });
  }

  private take(told: Told, sent: string[], position: Position | null): Position | null {
    const stillWaiting = this.kept.waiting.filter((key) => !sent.includes(key) || this.changedSince(key, told));
    const mine = this.kept.marks.filter((mark) => stillWaiting.includes(mark.key));
    this.kept.marks = [...told.marks.filter((mark) => !stillWaiting.includes(mark.key)), ...mine];
    this.kept.waiting = stillWaiting;
    if (position === this.kept.position) this.kept.moved = false;
    const ours = this.kept.position;
    const later = told.position && (!ours || told.position.at > ours.at) ? told.position : null;
    this.write();
    return later && later.device !== this.device ? later : null;
  }

  /** Whether the mark was changed here again while it was on its way. */
  private changedSince(key: string, told: Told): boolean {
    const [here, there] = [this.kept.marks, told.marks].map((marks) => marks.find((mark) => mark.key === key));
    return here !== undefined && there !== undefined && here.version === there.version && Date.parse(here.at) > Date.parse(there.at) && here.note !== there.note;
  }

  private write(): void {
    this.store.setItem(this.name, JSON.stringify(this.kept));
  }
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
