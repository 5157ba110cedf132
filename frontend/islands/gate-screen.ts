// <gate-screen gate="3" visits="…" code="…" worker="…"> around the forms of the screen beside a door: keeps every visit on this device
// until the server has it, so that nobody waits for the line, and greets. The forms work without it.
import { prepareForAbsence } from "./absence";
import { element, wordsOf } from "./elements";
import { patience } from "./patience";
import { Store, type Kept } from "./stock-take-store";
import { play, type Tone } from "./tones";

interface Greeting {
  sequence: number;
  look: "ok" | "due" | "no";
  headline: string;
  text: string;
  visit: number | null;
}

interface Answer {
  taken: number[];
  outcomes: Greeting[];
  today: number;
  inside: number | null;
}

const AT_ONCE = 100;
const EVERY = 15_000;
const CODE_EVERY = 240_000;
const SHOWN_FOR = 9000;
/** How long a visitor waits to be greeted by the server, and how long its answer is waited for. */
const GREETED_WITHIN = 3000;
const GREETED_WHILE_AWAY = 400;
const ANSWERED_WITHIN = 10_000;
const CACHE = "lumbung-gate";
const TONES: Record<Greeting["look"], Tone> = { ok: "ok", due: "attention", no: "error" };

class GateScreen extends HTMLElement {
  private store!: Store;
  private device = "";
  private readonly word = wordsOf("gate-words");
  private readonly timers: number[] = [];
  private clearing = 0;
  private welcome: Node[] = [];
  private audio: AudioContext | undefined;
  private working: Promise<void> = Promise.resolve();
  private sending: Promise<void> | undefined;
  /** The number of the visit whose visitor stands here, until they are greeted or gone. */
  private standing = 0;
  /** The server did not answer when it was asked last. */
  private isAway = false;

  connectedCallback(): void {
    this.welcome = [...this.querySelector("[data-told]")!.children].filter((each) => each.classList.contains("gate-welcome"));
    this.addEventListener("submit", this.onSubmit);
    window.addEventListener("online", this.onOnline);
    this.watchCode();
    this.timers.push(window.setInterval(() => void this.send(), EVERY), window.setInterval(() => this.renewCode(), CODE_EVERY));
    void this.start();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.onOnline);
    for (const timer of this.timers) clearInterval(timer);
  }

  private async start(): Promise<void> {
    this.store = await Store.open(`gate ${this.getAttribute("gate")!}`);
    this.device = await this.store.device();
    this.dataset["ready"] = "";
    await prepareForAbsence(this, CACHE);
    await this.send();
  }

  private readonly onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    if (form.matches(".purposes")) return this.onPurpose(event as SubmitEvent, form);
    if (form.querySelector("input[name=what]") === null) return;
    event.preventDefault();
    this.audio ??= new AudioContext();
    const told = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken").map(([name, value]) => [name, String(value)]));
    form.reset();
    form.closest("details")?.removeAttribute("open");
    this.box.focus();
    this.working = this.working.then(() => this.take(told));
  };

  private readonly onOnline = (): void => {
    this.renewCode();
    void this.send();
  };

  private get box(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[name=code]")!;
  }

  /** On the disk first, so that whoever comes next is kept too while this one waits to be greeted. */
  private async take(form: Record<string, string>): Promise<void> {
    try {
      const [number] = await this.store.keep([{ code: "", at: new Date().toISOString(), place: null, form }]);
      this.standing = number!;
      void this.sendAndGreet(number!);
    } catch {
      this.greet({ sequence: 0, look: "no", headline: this.word("not-kept"), text: "", visit: null });
    }
  }

  private async sendAndGreet(number: number): Promise<void> {
    const late = new Promise<void>((tell) => setTimeout(tell, this.isAway ? GREETED_WHILE_AWAY : GREETED_WITHIN));
    await Promise.race([this.sendNext(), late]);
    if (this.standing !== number) return;
    this.isAway = true;
    this.greet({ sequence: number, look: "due", headline: this.word("kept"), text: this.word("kept-more"), visit: null });
  }

  /** Sends what was kept just now, after what is on its way already. */
  private async sendNext(): Promise<void> {
    await this.sending;
    await this.send();
  }

  private send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    return this.sending;
  }

  /** Sends what waits, the oldest first; greets whoever still stands here. A visit is forgotten here only when the server has it. */
  private async sendAll(): Promise<void> {
    try {
      for (let visits = await this.store.waiting(AT_ONCE); visits.length > 0; visits = await this.store.waiting(AT_ONCE)) {
        const answer = await this.post(visits);
        this.isAway = false;
        await this.store.forget(answer.taken);
        this.querySelector("[data-today]")!.textContent = answer.today.toLocaleString(document.documentElement.lang);
        const inside = this.querySelector("[data-inside]");
        if (inside !== null && answer.inside !== null) inside.textContent = answer.inside.toLocaleString(document.documentElement.lang);
        const own = answer.outcomes.find((each) => each.sequence === this.standing);
        if (own !== undefined) this.greet(own);
      }
    } catch {
      // The line is cut, or the server is away: they wait.
    }
    await this.tell();
  }

  private async post(visits: Kept[]): Promise<Answer> {
    const told = visits.map(({ sequence, at, form }) => ({ sequence, at, form }));
    const answer = await fetch(this.getAttribute("visits")!, {
      method: "POST",
      body: JSON.stringify({ device: this.device, now: new Date().toISOString(), visits: told }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      signal: patience(ANSWERED_WITHIN),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Answer;
  }

  private get token(): string {
    return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  }

  /** The screen stays where it is: the next visitor is let in by it, with a line or without. */
  private onPurpose(event: SubmitEvent, form: HTMLFormElement): void {
    event.preventDefault();
    const told = new FormData(form);
    told.set("purpose", (event.submitter as HTMLButtonElement).value);
    for (const each of form.querySelectorAll("button")) each.disabled = true;
    const asked = { method: "POST", body: told, headers: { Accept: "application/json" }, signal: patience(GREETED_WITHIN) };
    const not = { look: "due" as const, headline: this.word("purpose-lost"), text: this.word("purpose-lost-more") };
    const answered = fetch(form.action, asked).then(async (answer) => (answer.ok ? ((await answer.json()) as Greeting) : not));
    void answered.catch(() => not).then((answer) => form.isConnected && this.greet({ ...answer, sequence: 0, visit: null }));
    this.box.focus();
  }

  private greet(told: Greeting): void {
    this.standing = 0;
    const words = element("div", {}, element("p", { class: "headline" }, told.headline), element("p", {}, told.text));
    if (told.visit !== null) words.append(...this.purposes(told.visit));
    this.querySelector("[data-told]")!.replaceChildren(element("div", { class: `say big ${told.look}` }, words));
    if (this.audio !== undefined) play(TONES[told.look], this.audio);
    clearTimeout(this.clearing);
    this.clearing = window.setTimeout(() => this.querySelector("[data-told]")!.replaceChildren(...this.welcome), SHOWN_FOR);
  }

  private purposes(visit: number): Node[] {
    const offered = document.getElementById("gate-purposes") as HTMLTemplateElement | null;
    if (offered === null) return [];
    const form = element("form", { method: "post", action: `${this.getAttribute("visits")!}/${visit}/purpose`, class: "row purposes" });
    form.append(element("p", { class: "quiet" }, this.word("purpose")), element("input", { type: "hidden", name: "csrfmiddlewaretoken", value: this.token }));
    for (const each of offered.content.querySelectorAll<HTMLElement>("[data-purpose]")) {
      form.append(element("button", { class: "chip", name: "purpose", value: each.dataset["purpose"]! }, each.textContent ?? ""));
    }
    return [form];
  }

  private get code(): HTMLImageElement | null {
    return this.querySelector<HTMLImageElement>("[data-code]");
  }

  /** Nobody is asked to aim at a code that could not be fetched while the line is cut; it is back with the line. */
  private watchCode(): void {
    const picture = this.code;
    if (picture === null) return;
    const show = (there: boolean): void => void (picture.closest<HTMLElement>(".gate-phone")!.hidden = !there);
    picture.addEventListener("load", () => show(true));
    picture.addEventListener("error", () => show(false));
    if (picture.complete) show(picture.naturalWidth > 0);
  }

  private renewCode(): void {
    const picture = this.code;
    if (picture !== null && navigator.onLine) picture.src = `${this.getAttribute("code")!}?${Date.now()}`;
  }

  private async tell(): Promise<void> {
    const waiting = await this.store.count();
    this.dataset["waiting"] = String(waiting);
    this.querySelector("[data-state]")!.textContent = waiting === 0 ? "" : `${this.word(navigator.onLine ? "sending" : "offline")} ${waiting}`;
  }
}

customElements.define("gate-screen", GateScreen);
