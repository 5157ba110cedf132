// <scan-box> around the desk's form: takes scans faster than the server answers, one after the other, and sounds the outcome.
// The form works without it. What changes with each answer lies in the element that `hx-target` names; the box itself stays.
import { ScanQueue } from "./scan-queue";
import { isMuted, isTone, play, setMuted } from "./tones";

class ScanBox extends HTMLElement {
  private audio: AudioContext | undefined;
  private sending = "";
  private submitting = false;
  private readonly queue = new ScanQueue((code) => {
    this.sending = code;
    // A form being submitted cannot be submitted again: only once this event is over.
    setTimeout(() => {
      this.submitting = true;
      this.form.requestSubmit();
      this.submitting = false;
    });
  });

  connectedCallback(): void {
    // In the capturing phase, before htmx takes the submission.
    this.addEventListener("submit", this.onSubmit, true);
    this.addEventListener("htmx:configRequest", this.onRequest as EventListener);
    document.body.addEventListener("htmx:afterRequest", this.onAnswer as EventListener);
    document.body.addEventListener("htmx:afterSettle", this.onSettled);
    document.addEventListener("keydown", this.onKey);
    this.muteButton?.addEventListener("click", this.onMute);
    this.showMute();
    setTimeout(() => this.announce()); // the place where it is said must be there before the words are
    this.sound();
    this.returnFocus();
  }

  disconnectedCallback(): void {
    document.body.removeEventListener("htmx:afterRequest", this.onAnswer as EventListener);
    document.body.removeEventListener("htmx:afterSettle", this.onSettled);
    document.removeEventListener("keydown", this.onKey);
  }

  private get form(): HTMLFormElement {
    return this.querySelector("form")!;
  }

  private get box(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[name=code]")!;
  }

  /** Shown when the server did not answer. */
  private get complaint(): HTMLElement | null {
    return this.querySelector("[data-no-answer]");
  }

  private get muteButton(): HTMLButtonElement | null {
    return this.querySelector("[data-mute]");
  }

  private readonly onSubmit = (event: Event): void => {
    if (this.submitting) return; // the queue submits: let htmx have it
    event.preventDefault();
    event.stopPropagation();
    this.wakeAudio();
    const scanned = this.box.value;
    this.box.value = "";
    this.queue.take(scanned);
  };

  private readonly onRequest = (event: CustomEvent): void => {
    if (event.target !== this.form) return;
    event.detail.parameters.code = this.sending;
  };

  private readonly onAnswer = (event: CustomEvent): void => {
    if (event.target !== this.form) return;
    this.complaint?.toggleAttribute("hidden", event.detail.successful === true);
    if (event.detail.successful !== true) this.sound("error");
    this.queue.answered();
  };

  private readonly onSettled = (): void => {
    this.announce();
    this.sound();
    this.returnFocus();
  };

  /** To the box, unless somebody walks through the answer already; on a phone that would open its keyboard over the answer. */
  private returnFocus(): void {
    if (document.activeElement?.closest("[data-choices]")) return;
    if (matchMedia("(pointer: fine)").matches) this.box.focus();
  }

  /** Typing anywhere outside a field belongs to the box; arrows walk through the members found. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walk(event);
    else if (event.key.length === 1 && !isField(document.activeElement) && !(event.key === " " && isPressable(document.activeElement))) this.box.focus();
  };

  private walk(event: KeyboardEvent): void {
    const found = [...document.querySelectorAll<HTMLElement>("[data-choices] a, [data-choices] button")];
    if (found.length === 0) return;
    const at = found.indexOf(document.activeElement as HTMLElement);
    if (at === -1 && document.activeElement !== this.box) return;
    event.preventDefault();
    const to = at + (event.key === "ArrowDown" ? 1 : -1);
    (found[to] ?? this.box).focus();
  }

  /** Says to a screen reader what the answer says to the eye; the same once more is said once more. */
  private announce(): void {
    const said = [...document.querySelectorAll("#desk .messages, [data-said]")].map((each) => each.textContent).join(" ");
    const [status, words] = [this.querySelector("[role=status]")!, said.replace(/\s+/g, " ").trim()];
    status.textContent = words !== "" && status.textContent === words ? `${words}\u00a0` : words;
  }

  private sound(tone = document.querySelector<HTMLElement>("[data-tone]")?.dataset["tone"]): void {
    if (isTone(tone) && this.audio !== undefined && !isMuted(localStorage)) play(tone, this.audio);
  }

  /** A browser lets a page sound only after its user did something: the first scan. */
  private wakeAudio(): void {
    this.audio ??= new AudioContext();
    if (this.audio.state === "suspended") void this.audio.resume();
  }

  private readonly onMute = (): void => {
    setMuted(localStorage, !isMuted(localStorage));
    this.showMute();
    this.wakeAudio();
    this.sound("ok");
    this.returnFocus();
  };

  private showMute(): void {
    this.muteButton?.removeAttribute("hidden");
    this.muteButton?.setAttribute("aria-pressed", String(isMuted(localStorage)));
  }
}

function isField(element: Element | null): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function isPressable(element: Element | null): boolean {
  return element instanceof HTMLButtonElement || element instanceof HTMLAnchorElement;
}

customElements.define("scan-box", ScanBox);
