// <gate-screen gate="3" visits="…" code="…" worker="…"> around the forms of the screen beside a door: keeps every visit on this device
// until the server has it, so that nobody waits for the line, and greets. The forms work without it.
import { element, wordsOf } from "./elements";
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
    await this.prepareForAbsence();
    await this.send();
  }

  /** Lets this page open again while the line is cut: it and its files into the cache, and a worker that answers from there. */
  private async prepareForAbsence(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    try {
      await navigator.serviceWorker.register(this.getAttribute("worker")!);
      const files = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[href], script[src]")];
      await (await caches.open(CACHE)).addAll([location.pathname, ...files.map((each) => ("src" in each ? each.src : each.href))]);
      this.dataset["cached"] = "";
    } catch {
      // Opened from the cache while the line is cut: it is prepared already.
    }
  }

  private readonly onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
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

  private async take(form: Record<string, string>): Promise<void> {
    try {
      const [number] = await this.store.keep([{ code: "", at: new Date().toISOString(), place: null, form }]);
      const greeted = await this.send(number);
      if (!greeted) this.greet({ sequence: number!, look: "due", headline: this.word("kept"), text: this.word("kept-more"), visit: null });
    } catch {
      this.greet({ sequence: 0, look: "no", headline: this.word("not-kept"), text: "", visit: null });
    }
  }

  /** Sends what waits, the oldest first; greets the visitor whose number this is. A visit is forgotten here only when the server has it. */
  private async send(number = 0): Promise<boolean> {
    let greeted = false;
    try {
      for (let visits = await this.store.waiting(AT_ONCE); visits.length > 0; visits = await this.store.waiting(AT_ONCE)) {
        const answer = await this.post(visits);
        await this.store.forget(answer.taken);
        this.querySelector("[data-today]")!.textContent = answer.today.toLocaleString(document.documentElement.lang);
        const inside = this.querySelector("[data-inside]");
        if (inside !== null && answer.inside !== null) inside.textContent = answer.inside.toLocaleString(document.documentElement.lang);
        const own = answer.outcomes.find((each) => each.sequence === number);
        if (own !== undefined) this.greet(own);
        greeted ||= own !== undefined;
      }
    } catch {
      // The line is cut, or the server is away: they wait.
    }
    await this.tell();
    return greeted;
  }

  private async post(visits: Kept[]): Promise<Answer> {
    const told = visits.map(({ sequence, at, form }) => ({ sequence, at, form }));
    const answer = await fetch(this.getAttribute("visits")!, {
      method: "POST",
      body: JSON.stringify({ device: this.device, visits: told }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Answer;
  }

  private get token(): string {
    return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  }

  private greet(told: Greeting): void {
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
    const form = element("form", { method: "post", action: `${location.pathname}/visits/${visit}/purpose`, class: "row purposes" });
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
