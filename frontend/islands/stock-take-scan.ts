// <stock-take-scan take="3" by="…" scans="…" expected="…" worker="…"> around the scan form: answers every scan at once, with or without a
// connection, keeps it on this device, and sends what waits whenever the server can be reached. The form works without it.
import { prepareForAbsence } from "./absence";
import { element, wordsOf } from "./elements";
import { patience } from "./patience";
import { judge, type Finding, type Judgement, type Line, type Snapshot } from "./stock-take-codes";
import { Store, type Read } from "./stock-take-store";
import { isMuted, play, type Tone } from "./tones";

interface Outcome {
  sequence: number;
  barcode: string;
  finding: Finding;
  title: string;
  call_number: string;
  belongs: string;
  repeated: boolean;
}

interface Shown {
  sequence: number;
  barcode: string;
  finding: Finding;
  text: string;
  repeated: boolean;
}

const AT_ONCE = 100;
const EVERY = 10_000;
const ANSWERED_WITHIN = 15_000;
const TAKEN_ALONG_WITHIN = 120_000;
const SHOWN = 30;
const CACHE = "lumbung-stock-take";
const TONES: Record<Finding, Tone> = { found: "ok", misplaced: "attention", lent: "attention", gone: "attention", unknown: "error" };
const LOOKS: Record<Finding, string> = { found: "ok", misplaced: "due", lent: "due", gone: "due", unknown: "no" };
const EMPTY: Snapshot = { round: 0, prefix: "", suffix: "", places: {}, lines: [] };

class StockTakeScan extends HTMLElement {
  private store!: Store;
  private device = "";
  private snapshot = EMPTY;
  private lines = new Map<string, Line>();
  private readonly seen = new Set<string>();
  private readonly recent: Shown[] = [];
  private readonly word = wordsOf("stock-take-words");
  private audio: AudioContext | undefined;
  private sending = false;
  private timer = 0;
  private readonly unkept: Read[] = [];
  private readonly lost = new Set<string>();
  private keeping: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
    this.addEventListener("barcode-read", this.onRead as EventListener);
    window.addEventListener("online", this.onOnline);
    window.addEventListener("offline", this.onOnline);
    this.timer = window.setInterval(() => void this.send(), EVERY);
    void this.start();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("offline", this.onOnline);
    clearInterval(this.timer);
  }

  private async start(): Promise<void> {
    this.store = await Store.open(this.getAttribute("take")!);
    this.device = await this.store.device();
    this.know((await this.store.snapshot()) ?? EMPTY);
    this.dataset["ready"] = "";
    this.box.focus();
    void prepareForAbsence(this, CACHE).then((can) => can || this.note("insecure"));
    await this.send();
    await this.takeAlong();
  }

  private get box(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[name=code]")!;
  }

  private get place(): number | null {
    return Number(this.querySelector<HTMLSelectElement>("select[name=place]")?.value || 0) || null;
  }

  private know(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.lines = new Map(snapshot.lines.map((line) => [line[0], line]));
  }

  private async takeAlong(): Promise<void> {
    try {
      const told = await fetch(this.getAttribute("expected")!, { headers: { Accept: "application/json" }, signal: patience(TAKEN_ALONG_WITHIN) });
      if (!told.ok || told.redirected) return;
      const snapshot = (await told.json()) as Snapshot;
      await this.store.takeAlong(snapshot);
      this.know(snapshot);
      this.dataset["known"] = String(snapshot.lines.length);
    } catch {
      // What was taken along before serves on.
    }
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.audio ??= new AudioContext();
    const code = this.box.value;
    this.box.value = "";
    this.take(code);
  };

  private readonly onRead = (event: CustomEvent<string>): void => this.take(event.detail);

  private readonly onOnline = (): void => {
    void this.tell();
    void this.send();
  };

  /** Scans keep their order; those that come while others are written to the disk go there together afterwards. */
  private take(code: string): void {
    this.unkept.push({ code, at: new Date().toISOString(), place: this.place, by: this.getAttribute("by")! });
    this.keeping = this.keeping.then(() => this.keepAll(this.unkept.splice(0)));
  }

  /** What cannot be kept is heard, and stands there until it has been scanned again. */
  private async keepAll(scans: Read[]): Promise<void> {
    const before = this.lost.size;
    try {
      await this.keep(scans);
      for (const each of scans) this.lost.delete(each.code);
    } catch {
      for (const each of scans) this.lost.add(each.code);
      this.sound("error");
    }
    if (this.lost.size !== before) this.note();
  }

  private async keep(scans: Read[]): Promise<void> {
    const meant = scans.flatMap((scan) => {
      const judged = judge(scan.code, this.snapshot, this.lines, scan.place);
      return judged === undefined ? [] : [{ scan, judged }];
    });
    if (meant.length === 0) return;
    const numbers = await this.store.keep(meant.map((each) => each.scan));
    for (const [at, { judged }] of meant.entries()) this.answer(numbers[at]!, judged);
    await this.tell();
    void this.send();
  }

  private answer(sequence: number, { barcode, finding, line }: Judgement): void {
    const belongs = finding === "misplaced" && line !== undefined && line[4] !== null ? (this.snapshot.places[String(line[4])] ?? "") : "";
    this.show({ sequence, barcode, finding, text: this.said(line?.[3], line?.[2], belongs), repeated: this.seen.has(barcode) });
    this.seen.add(barcode);
  }

  private said(callNumber = "", title = "", belongs = ""): string {
    return [callNumber, title, belongs && `${this.word("belongs")} ${belongs}`].filter(Boolean).join(" · ");
  }

  /** Sends what waits, the oldest first, until nothing does. A scan is forgotten here only when the server has confirmed it. */
  private async send(): Promise<void> {
    if (this.sending || this.store === undefined) return;
    this.sending = true;
    try {
      for (let scans = await this.store.waiting(AT_ONCE); scans.length > 0; scans = await this.store.waiting(AT_ONCE)) {
        const answer = await fetch(this.getAttribute("scans")!, {
          method: "POST",
          body: JSON.stringify({ device: this.device, now: new Date().toISOString(), scans }),
          headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
          signal: patience(ANSWERED_WITHIN),
        });
        if (answer.redirected || answer.status === 403) return this.note("sign-in");
        const told = (await answer.json()) as { taken?: number[]; outcomes?: Outcome[]; error?: string };
        if (!answer.ok || told.taken === undefined) return this.note("refused", told.error);
        await this.store.forget(told.taken);
        this.correct(told.outcomes ?? []);
        this.note();
      }
    } catch {
      // No connection: they wait.
    } finally {
      this.sending = false;
      await this.tell();
    }
  }

  /** The server knows more: what was lent since, and what other devices have seen. */
  private correct(outcomes: Outcome[]): void {
    for (const told of outcomes) {
      const shown = this.recent.find((each) => each.sequence === told.sequence);
      if (shown === undefined) continue;
      const text = this.said(told.call_number, told.title, told.finding === "misplaced" ? told.belongs : "");
      Object.assign(shown, { barcode: told.barcode, finding: told.finding, text, repeated: told.repeated || shown.repeated });
    }
    this.draw();
  }

  private show(shown: Shown): void {
    this.recent.unshift(shown);
    this.recent.splice(SHOWN);
    this.draw();
    this.sound(TONES[shown.finding]);
  }

  private sound(tone: Tone): void {
    if (this.audio !== undefined && !isMuted(localStorage)) play(tone, this.audio);
    navigator.vibrate?.(tone === "ok" ? 40 : tone === "attention" ? [40, 60, 40] : [200]);
  }

  private draw(): void {
    const [last, ...before] = this.recent;
    if (last === undefined) return;
    const big = element("div", { class: `say big ${LOOKS[last.finding]}` }, element("div", {}, element("p", { class: "headline" }, this.headline(last)), element("p", {}, `${last.barcode} ${last.text}`)));
    this.querySelector("[data-last]")!.replaceChildren(big);
    const rows = before.map((each) => element("li", { class: "row spread" }, element("span", {}, element("b", {}, each.barcode), ` ${each.text}`), element("span", { class: `tag ${tagOf(each.finding)}` }, this.headline(each))));
    this.querySelector("[data-recent]")!.replaceChildren(...rows);
  }

  private headline(shown: Shown): string {
    return shown.repeated ? `${this.word(shown.finding)} · ${this.word("repeated")}` : this.word(shown.finding);
  }

  private async tell(): Promise<void> {
    const waiting = await this.store.count();
    this.dataset["waiting"] = String(waiting);
    const state = navigator.onLine ? (waiting === 0 ? "sent" : "sending") : "offline";
    this.querySelector("[data-state]")!.textContent = waiting === 0 ? this.word(state) : `${this.word(state)} ${waiting}`;
  }

  private note(name = this.lost.size === 0 ? "" : "not-kept", more = name === "not-kept" ? [...this.lost].join(", ") : ""): void {
    const box = this.querySelector<HTMLElement>("[data-note]")!;
    box.hidden = name === "";
    box.textContent = name === "" ? "" : `${this.word(name)} ${more}`.trim();
    this.querySelector<HTMLElement>("[data-sign-in]")!.hidden = name !== "sign-in";
  }
}

function tagOf(finding: Finding): string {
  return finding === "found" ? "ok" : finding === "unknown" ? "late" : "due";
}

function cookie(name: string): string {
  return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1] ?? "";
}

customElements.define("stock-take-scan", StockTakeScan);
