// <offline-desk branch="PUSAT" by="…" provisions="…" entries="…" worker="…">: lends and takes back while the line is cut. Every deed is kept on
// this device, on its disk before it is answered, until the server has it.
import { prepareForAbsence } from "./absence";
import { element, wordsOf } from "./elements";
import { Altered, lock, memberOf, unlock, type Locked, type Provisions } from "./offline-provisions";
import { patience } from "./patience";
import { Store, type Kept } from "./stock-take-store";
import { play, type Tone } from "./tones";

const AT_ONCE = 100;
const EVERY = 15_000;
const REACHED_WITHIN = 5000;
const ANSWERED_WITHIN = 30_000;
const TAKEN_ALONG_WITHIN = 60_000;
const CACHE = "lumbung-offline";
const DESK = "desk ";
const LISTED = 1000;

/** The server answers, but does not know who sends. */
class SignedOut extends Error {}

/** The server answers, but does not take what was done at this branch. */
class NotTaken extends Error {}

class OfflineDesk extends HTMLElement {
  private store!: Store;
  private device = "";
  private provisions: Provisions | undefined;
  private isAltered = false;
  private member: { card: string; initials: string; standing: string } | undefined;
  private readonly word = wordsOf("offline-words");
  private isSignedOut = false;
  private timer = 0;
  private audio: AudioContext | undefined;
  private working: Promise<void> = Promise.resolve();
  private sending: Promise<void> | undefined;
  /** What was done here and not sent yet, by its number: its line in the list. */
  private readonly lines = new Map<number, HTMLElement>();
  /** What was taken back here and the server may have, by its number: its line in the list. */
  private readonly toBeTold = new Map<number, HTMLElement>();

  connectedCallback(): void {
    this.addEventListener("submit", this.onSubmit);
    document.addEventListener("keydown", this.onKey);
    window.addEventListener("online", this.onOnline);
    this.timer = window.setInterval(() => void this.send(), EVERY);
    void this.start();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    window.removeEventListener("online", this.onOnline);
    clearInterval(this.timer);
  }

  private async start(): Promise<void> {
    this.store = await Store.open(DESK + this.getAttribute("branch")!);
    this.device = await this.store.device();
    await this.unlockProvisions();
    for (const { sequence, form } of await this.store.waiting(LISTED)) this.note(sequence, form!);
    await prepareForAbsence(this, CACHE);
    await this.takeAlong();
    await this.send();
    this.dataset["ready"] = "";
  }

  private async takeAlong(): Promise<void> {
    try {
      const answer = await fetch(this.getAttribute("provisions")!, { redirect: "error", signal: patience(TAKEN_ALONG_WITHIN) });
      if (!answer.ok) throw new Error(String(answer.status));
      const sealed = { text: await answer.text(), seal: answer.headers.get("X-Lumbung-Seal") ?? "" };
      await this.store.takeAlong((await lock(sealed, this.sealKey)) as never);
    } catch {
      // What was taken along before is good as long as its time lasts.
    }
    await this.unlockProvisions();
  }

  private async unlockProvisions(): Promise<void> {
    try {
      this.isAltered = false;
      this.provisions = await unlock((await this.store.snapshot()) as unknown as Locked | undefined, this.sealKey, new Date());
    } catch (error) {
      if (!(error instanceof Altered)) throw error;
      this.provisions = undefined;
      this.isAltered = true;
    }
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.audio ??= new AudioContext();
    const code = this.box.value.trim().replace(/^\*(.+)\*$/, "$1");
    this.box.value = "";
    if (code !== "") this.working = this.working.then(() => this.take(code));
  };

  /** As at the desk with a line: what is scanned after Escape is no longer lent to whoever was open. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && this.box.value === "";
    if (event.key !== "Escape" && !isUndo) return;
    event.preventDefault();
    this.working = this.working.then(() => (isUndo ? this.takeBackLatest() : this.close()));
  };

  private readonly onOnline = (): void => void this.takeAlong().then(() => this.send());

  private get sealKey(): string {
    return this.getAttribute("seal-key")!;
  }

  private get box(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[name=code]")!;
  }

  private async take(code: string): Promise<void> {
    const isCard = this.querySelector<HTMLInputElement>("input[name=card]")!;
    const known = await memberOf(this.provisions, code);
    if (known !== undefined || isCard.checked) {
      isCard.checked = false;
      this.open(code, known ?? ["?", "unknown"]);
      return;
    }
    const form: Record<string, string> = { kind: this.member === undefined ? "return" : "loan", card: this.member?.card ?? "", code };
    try {
      const [sequence] = await this.store.keep([{ code: "", at: new Date().toISOString(), place: null, form, by: this.getAttribute("by")! }]);
      this.note(sequence!, form);
      this.sound("ok");
      void this.send();
    } catch {
      this.say(this.word("not-kept"), "error");
    }
  }

  private open(card: string, [initials, standing]: [string, string]): void {
    this.member = { card, initials, standing };
    const finish = element("button", { type: "button", class: "button" }, `${this.word("finish")} `, element("kbd", {}, "Esc"));
    finish.addEventListener("click", () => this.close());
    const words = element("div", {}, element("p", { class: "headline" }, `${this.word("member")} ${initials} ····${card.slice(-4)}`), element("p", {}, this.word(standing)), finish);
    this.querySelector("[data-member]")!.replaceChildren(element("div", { class: `say big ${standing === "ok" ? "ok" : "note"}`, "data-standing": standing }, words));
    this.sound(standing === "ok" ? "ok" : "attention");
  }

  private close(): void {
    this.member = undefined;
    this.querySelector("[data-member]")!.replaceChildren();
    this.box.focus();
  }

  private note(sequence: number, form: Record<string, string>): void {
    const said = this.word(form["kind"] === "loan" ? "lent" : "returned");
    const back = element("button", { type: "button", class: "button small", "aria-label": `${this.word("take-back")}: ${said} ${form["code"]!}` }, this.word("take-back"));
    back.addEventListener("click", () => void this.takeBack(sequence));
    const line = element("li", { class: "row spread" }, element("span", {}, `${said}: `, element("b", { class: "num" }, form["code"]!)), back);
    this.querySelector("[data-none]")?.remove();
    this.querySelector("[data-done]")!.prepend(line);
    if (form["taken_back"] === undefined) this.lines.set(sequence, line);
    else this.strike(sequence, line);
  }

  private takeBackLatest(): void {
    if (this.lines.size === 0) this.tellOfTakingBack(this.word("nothing-back"), "attention");
    else void this.takeBack(Math.max(...this.lines.keys()));
  }

  /** Takes back what was not sent. While it may be on its way the answer is waited for: what the server has is no longer ours to take back. */
  private async takeBack(sequence: number): Promise<void> {
    const line = this.lines.get(sequence);
    if (line === undefined) return;
    this.lines.delete(sequence);
    const what = line.querySelector("span")!;
    while (this.sending !== undefined) await this.sending;
    const came = await this.alone(() => this.store.takeBack(sequence));
    line.querySelector("button")?.remove();
    if (came !== "sent") this.strike(came === "to-be-told" ? sequence : undefined, line);
    this.tellOfTakingBack(`${this.word(came)} ${what.textContent}`, came === "never-sent" ? "ok" : "attention");
    this.box.focus();
    if (came === "to-be-told") await this.send();
    else await this.tell();
  }

  /** Shows a line as taken back; with a number, the server is yet to be told. */
  private strike(sequence: number | undefined, line: HTMLElement): void {
    line.replaceChildren(element("s", { class: "quiet" }, line.querySelector("span")!), element("span", { class: "tag" }, this.word("taken-back")));
    if (sequence !== undefined) this.toBeTold.set(sequence, line);
  }

  /** The server had done these before it heard that they were taken back: they stand there until a person has put them right. */
  private tellOfStanding(sequences: number[]): void {
    for (const sequence of sequences) {
      const line = this.toBeTold.get(sequence);
      if (line === undefined) continue;
      const what = line.querySelector("span")!;
      line.replaceChildren(what, element("span", { class: "tag late" }, this.word("stands")));
      this.tellOfTakingBack(`${this.word("to-settle")} ${what.textContent}`, "attention");
    }
  }

  private tellOfTakingBack(text: string, tone: Tone): void {
    this.querySelector("[data-back]")!.textContent = text;
    this.sound(tone);
  }

  /** Sending and taking back, one at a time on this device, in whichever of its pages. */
  private alone<Told>(work: () => Promise<Told>): Promise<Told> {
    return "locks" in navigator ? (navigator.locks.request(DESK, work) as Promise<Told>) : work();
  }

  private say(text: string, tone: Tone): void {
    this.querySelector("[data-state]")!.textContent = text;
    this.sound(tone);
  }

  private sound(tone: Tone): void {
    if (this.audio !== undefined) play(tone, this.audio);
  }

  private send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    return this.sending;
  }

  /** Sends what waits, the oldest first, also what this device did at other branches. A deed is forgotten here only when the server has it. */
  private async sendAll(): Promise<void> {
    this.isSignedOut = false;
    for (const branch of await this.branchesWaiting()) {
      try {
        await this.alone(() => this.sendOf(branch));
      } catch (error) {
        if (error instanceof NotTaken) continue; // a branch that is there no longer does not hold up the others
        this.isSignedOut = error instanceof SignedOut;
        break; // the line is cut, or the clerk has to sign in again: they wait
      }
    }
    await this.tell();
  }

  private async sendOf(branch: string): Promise<void> {
    const store = await Store.open(DESK + branch);
    for (let kept = await store.waiting(AT_ONCE); kept.length > 0; kept = await store.waiting(AT_ONCE)) {
      await this.reach();
      await store.beforeSending(kept);
      const told = await this.post(kept, branch);
      await store.forget(told.taken);
      if (branch === this.getAttribute("branch")) this.tellOfStanding(told.standing);
    }
  }

  /** Asks for nothing, to know that there is a line: without one nothing is sent, and all that waits is surely ours alone. */
  private async reach(): Promise<void> {
    const answer = await fetch(this.getAttribute("worker")!, { method: "HEAD", cache: "no-store", redirect: "manual", signal: patience(REACHED_WITHIN) });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new SignedOut();
    if (!answer.ok) throw new Error(String(answer.status));
  }

  /** The branches at which anything waits on this device, this one first. */
  private async branchesWaiting(): Promise<string[]> {
    const here = this.getAttribute("branch")!;
    const there = (await this.deedsWaiting()).map(([name]) => name.slice(DESK.length));
    return [here, ...new Set(there.filter((each) => each !== here))];
  }

  private async deedsWaiting(): Promise<[string, number][]> {
    return (await this.store.everything()).filter(([name]) => name.startsWith(DESK));
  }

  private async post(kept: Kept[], branch: string): Promise<{ taken: number[]; standing: number[] }> {
    const entries = kept.map(({ sequence, at, form, by }) => ({ sequence, at, form, by }));
    const token = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    const answer = await fetch(this.getAttribute("entries")!, {
      method: "POST",
      redirect: "manual",
      body: JSON.stringify({ device: this.device, branch, now: new Date().toISOString(), entries }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      signal: patience(ANSWERED_WITHIN),
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new SignedOut();
    if (answer.status === 400) throw new NotTaken();
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as { taken: number[]; standing: number[] };
  }

  /** What the server has can no longer be taken back here. */
  private letGo(waiting: Set<number>): void {
    for (const [sequence, line] of this.lines) {
      if (waiting.has(sequence)) continue;
      const back = line.querySelector("button")!;
      if (back === document.activeElement) this.box.focus();
      back.remove();
      this.lines.delete(sequence);
    }
  }

  private async tell(): Promise<void> {
    const deeds = await this.deedsWaiting();
    const waiting = deeds.length;
    this.dataset["waiting"] = String(waiting);
    this.letGo(new Set(deeds.filter(([name]) => name === DESK + this.getAttribute("branch")!).map(([, sequence]) => sequence)));
    const until = this.provisions === undefined ? this.word(this.isAltered ? "altered" : "bare") : `${this.word("ready")} ${new Date(this.provisions.until).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })}.`;
    const left = waiting === 0 ? "" : ` ${this.word("waiting")} ${waiting}. `;
    const signIn = waiting > 0 && this.isSignedOut ? [element("a", { href: this.getAttribute("sign-in")! }, this.word("sign-in"))] : [];
    this.querySelector("[data-state]")!.replaceChildren(until + left, ...signIn);
  }
}

customElements.define("offline-desk", OfflineDesk);
