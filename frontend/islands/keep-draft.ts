// <keep-draft address="…" view="…">: keeps what is typed in its form as the cataloguer's draft on the server; while there is no
// connection, in this browser, from where it goes out when the connection is back, or is offered when the page is opened again. Before the
// form itself goes out the draft does: where nobody answers, the page stays, instead of giving way to the browser's own error page.

import { patience } from "./patience";

const AFTER = 2000;
const AGAIN_AFTER = 3000;
const PATIENCE = 10_000;
const PREFIX = "lumbung-draft:";

/** Kept by the server; refused there for another window's; not taken there; nobody answered. Not taken, it is held here. */
type Outcome = "kept" | "elsewhere" | "held" | "cut";

interface Kept {
  draft: number;
  saves: number;
  said: string;
}

export class KeepDraft extends HTMLElement {
  private timer = 0;
  private draft = 0;
  private saves = 0;
  private stopped = false;
  private asking = false;
  private going = false;
  private keeping: Promise<unknown> = Promise.resolve();
  private form!: HTMLFormElement;

  connectedCallback(): void {
    this.form = this.closest("form")!;
    this.draft = Number((this.form.elements.namedItem("draft") as HTMLInputElement | null)?.value || 0);
    this.saves = Number(this.getAttribute("saves") || 0);
    this.form.addEventListener("input", this.onInput);
    this.form.addEventListener("submit", this.onSubmit);
    window.addEventListener("online", this.onOnline);
    this.offer();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    window.removeEventListener("online", this.onOnline);
  }

  get key(): string {
    return `${PREFIX}${this.getAttribute("view")}:${this.getAttribute("record") || "new"}`;
  }

  /** The fields of the form, as they would be sent. */
  typed(): Record<string, string> {
    const told: Record<string, string> = {};
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") told[name] = value;
    return told;
  }

  private readonly onInput = (): void => this.later(AFTER);

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), wait) as unknown as number;
  }

  private readonly onOnline = (): void => void this.keep();

  private readonly onSubmit = (event: Event): void => {
    clearTimeout(this.timer);
    if (this.going || event.defaultPrevented) return;
    event.preventDefault();
    if (!this.asking) void this.keepAndGo((event as SubmitEvent).submitter);
  };

  private async keepAndGo(pressed: HTMLElement | null): Promise<void> {
    this.asking = true;
    const outcome = await this.keep();
    this.asking = false;
    if (outcome === "cut") {
      this.textContent = this.getAttribute("said-unsaved");
      return;
    }
    if (outcome === "elsewhere") localStorage.removeItem(this.key);
    this.going = this.stopped = true;
    this.form.requestSubmit(pressed);
    this.going = false;
  }

  /** One after another: the second names the draft that the first made. */
  keep(): Promise<Outcome> {
    const kept = this.keeping.then(() => this.keepNow());
    this.keeping = kept.catch(() => undefined);
    return kept;
  }

  private async keepNow(): Promise<Outcome> {
    if (this.stopped) return "held";
    const typed = this.typed();
    const body = JSON.stringify({ view: this.getAttribute("view"), record: this.getAttribute("record") || null, draft: this.draft || null, saves: this.saves, typed });
    let answer: Response;
    try {
      answer = await fetch(this.getAttribute("address") ?? "", {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", "X-CSRFToken": typed["csrfmiddlewaretoken"] ?? "" },
        signal: patience(PATIENCE),
      });
      if (answer.status === 409) return this.elsewhere(((await answer.json()) as { error: string }).error);
      if (answer.ok && !answer.redirected) return this.kept((await answer.json()) as Kept);
    } catch {
      this.later(AGAIN_AFTER); // the browser tells when its own line is back, not when the server's is
      return this.hold("cut");
    }
    return this.hold("held");
  }

  private kept(told: Kept): Outcome {
    clearTimeout(this.timer);
    [this.draft, this.saves] = [told.draft, told.saves];
    const field = this.form.elements.namedItem("draft") as HTMLInputElement | null;
    if (field) field.value = String(told.draft);
    this.textContent = told.said;
    localStorage.removeItem(this.key);
    return "kept";
  }

  /** Another window of the same cataloguer keeps a draft too: say so, and keep this one here only. */
  private elsewhere(said: string): Outcome {
    this.hold("elsewhere");
    this.textContent = said;
    return "elsewhere";
  }

  private hold(outcome: Outcome): Outcome {
    const typed = this.typed();
    delete typed["csrfmiddlewaretoken"];
    localStorage.setItem(this.key, JSON.stringify(typed));
    this.textContent = this.getAttribute("said-offline");
    return outcome;
  }

  /** What this browser still holds of an earlier time, when it is other than what the page shows. */
  private offer(): void {
    const held = JSON.parse(localStorage.getItem(this.key) ?? "null") as Record<string, string> | null;
    if (!held) return;
    const shown = this.typed();
    const names = Object.keys(held).filter((name) => !["version", "draft", "record"].includes(name));
    if (names.every((name) => (held[name] ?? "").replace(/\r\n/g, "\n") === (shown[name] ?? "").replace(/\r\n/g, "\n"))) {
      localStorage.removeItem(this.key);
      return;
    }
    const take = this.press("said-take", () => this.take(held));
    const drop = this.press("said-drop", () => localStorage.removeItem(this.key));
    this.replaceChildren(`${this.getAttribute("said-found")} `, take, " ", drop);
  }

  private press(name: string, run: () => void): HTMLButtonElement {
    const made = document.createElement("button");
    [made.type, made.className, made.textContent] = ["button", "button small", this.getAttribute(name)];
    made.addEventListener("click", () => {
      run();
      this.replaceChildren();
    });
    return made;
  }

  private take(held: Record<string, string>): void {
    for (const [name, value] of Object.entries(held)) {
      const field = this.form.elements.namedItem(name);
      if (field && "value" in field && name !== "draft") field.value = value;
    }
    this.form.dispatchEvent(new CustomEvent("draft-taken"));
    void this.keep();
  }
}

customElements.define("keep-draft", KeepDraft);
