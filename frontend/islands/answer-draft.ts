// <answer-draft name="…" begun="…">: the answer that is being written inside stays when another button of the page is pressed first, or
// when sending it fails. It is kept for this tab alone, and no longer than until it was sent. `begun` is what an answer begins with.

const PREFIX = "lumbung-answer:";

interface Kept {
  text: string;
  titles: string;
  seen: string;
  sent: boolean;
}

class AnswerDraft extends HTMLElement {
  /** It was sent, or the server carries it on to the next page. */
  private fate: "" | "sent" | "carried" = "";

  connectedCallback(): void {
    this.restore();
    this.addEventListener("input", this.onInput);
    this.addEventListener("submit", this.onSubmit);
    window.addEventListener("pagehide", this.onLeave);
  }

  disconnectedCallback(): void {
    window.removeEventListener("pagehide", this.onLeave);
  }

  private get key(): string {
    return PREFIX + this.getAttribute("name");
  }

  private field(name: string): HTMLInputElement | HTMLTextAreaElement | null {
    return this.querySelector(`[name="${name}"]`);
  }

  private says(text: string): boolean {
    return !["", (this.getAttribute("begun") ?? "").trim()].includes(text.trim());
  }

  private readonly onInput = (): void => {
    this.fate = "";
  };

  private readonly onSubmit = (event: Event): void => {
    if (!event.defaultPrevented) this.fate = (event as SubmitEvent).submitter?.hasAttribute("formaction") ? "carried" : "sent";
  };

  private readonly onLeave = (): void => {
    const [text, titles, seen] = ["text", "titles", "seen"].map((name) => this.field(name)?.value ?? "") as [string, string, string];
    if (this.fate === "carried" || !this.says(text)) sessionStorage.removeItem(this.key);
    else sessionStorage.setItem(this.key, JSON.stringify({ text, titles, seen, sent: this.fate === "sent" } satisfies Kept));
  };

  /** Not where the server shows words of its own, and not what was sent and has come in since. */
  private restore(): void {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null") as Kept | null;
    sessionStorage.removeItem(this.key);
    const [text, titles] = [this.field("text"), this.field("titles")];
    if (!kept || !text || this.says(text.value) || (kept.sent && kept.seen !== this.field("seen")?.value)) return;
    text.value = kept.text;
    if (titles) titles.value = kept.titles;
  }
}

customElements.define("answer-draft", AnswerDraft);
