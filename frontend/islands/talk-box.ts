// <talk-box news="…" after="…">: a conversation that shows what is new without being reloaded, and sends without leaving the page.
// <ask-box>: the way to it on every page; a link that opens the conversation in a box. Both are plain links and forms without this.
import { FIRST, nextPause } from "./pauses";

const FRAGMENT = { "Lumbung-Fragment": "1" };

export class TalkBox extends HTMLElement {
  private pause = FIRST;
  private timer = 0;
  private unsent?: string;
  private sending = false;

  connectedCallback(): void {
    this.form?.addEventListener("submit", (event) => void this.say(event));
    this.lines?.addEventListener("submit", (event) => void this.say(event));
    this.form?.querySelector("textarea")?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form?.requestSubmit();
    });
    document.addEventListener("visibilitychange", this.wake);
    this.toEnd();
    this.later();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.wake);
  }

  private get lines(): HTMLElement | null {
    return this.querySelector("ol");
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector(":scope > form");
  }

  private readonly wake = (): void => {
    if (document.hidden) return;
    this.pause = FIRST;
    this.later();
  };

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), this.pause);
  }

  private async look(): Promise<void> {
    let hasNews = false;
    try {
      const answer = await fetch(`${this.getAttribute("news")}?after=${this.getAttribute("after")}`, { headers: FRAGMENT });
      if (answer.status === 200) {
        hasNews = true;
        this.setAttribute("after", answer.headers.get("Lumbung-After") ?? this.getAttribute("after") ?? "0");
        this.add(await answer.text());
      }
    } catch {
      // the line is cut: asked again after a longer pause
    }
    this.pause = nextPause(this.pause, hasNews, document.hidden);
    if (this.isConnected) this.later();
  }

  private async say(event: Event): Promise<void> {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    if (this.sending) return; // pressed twice, it is said once
    const said = new FormData(form, (event as SubmitEvent).submitter);
    let sent = false;
    let why = "";
    this.setSending(true);
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: FRAGMENT });
      sent = answer.ok;
      if (sent) this.add(await answer.text());
      else if (answer.headers.get("Content-Type")?.startsWith("text/plain")) why = await answer.text();
    } catch {
      // told below
    }
    this.setSending(false);
    this.tell(sent, why);
    if (!sent) return;
    if (form === this.form) form.reset();
    else form.remove();
    this.pause = FIRST / 2;
    this.later();
  }

  /** Until the server has answered nothing is typed that emptying the box would lose. */
  private setSending(sending: boolean): void {
    this.sending = sending;
    const box = this.form?.querySelector("textarea");
    if (box) box.readOnly = sending;
  }

  /** What was not sent, and why where the server says so. */
  private tell(sent: boolean, why: string): void {
    const errors = this.querySelector<HTMLElement>(".errors");
    if (!errors) return;
    errors.hidden = sent;
    this.unsent ??= errors.textContent ?? "";
    errors.textContent = why || this.unsent;
  }

  /** The server wrote these lines, escaped as on the page. */
  private add(html: string): void {
    this.lines?.insertAdjacentHTML("beforeend", html);
    this.toEnd();
  }

  private toEnd(): void {
    this.lines?.scrollTo({ top: this.lines.scrollHeight });
  }
}

export class AskBox extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector("a");
    const panel = this.querySelector<HTMLElement>(".ask-panel");
    if (!link || !panel) return;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      void this.open(link, panel);
    });
    panel.querySelector("button")?.addEventListener("click", () => this.close(link, panel));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(link, panel);
    });
  }

  private async open(link: HTMLAnchorElement, panel: HTMLElement): Promise<void> {
    const inside = panel.lastElementChild;
    try {
      const answer = await fetch(link.href, { headers: FRAGMENT });
      if (!answer.ok || !inside) throw new Error(String(answer.status));
      inside.innerHTML = await answer.text();
    } catch {
      location.assign(link.href);
      return;
    }
    panel.hidden = false;
    link.hidden = true;
    panel.querySelector("textarea")?.focus();
  }

  private close(link: HTMLAnchorElement, panel: HTMLElement): void {
    panel.lastElementChild?.replaceChildren();
    panel.hidden = true;
    link.hidden = false;
    link.focus();
  }
}

customElements.define("talk-box", TalkBox);
customElements.define("ask-box", AskBox);
