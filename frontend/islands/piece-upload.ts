// <piece-upload url> around a form with a file: sends it in pieces, shows how far it is, and goes on by itself after a lost connection, or, once
// the page was closed, when the same file is chosen again. Without scripts the form sends the file whole.
import { patience } from "./patience";
import { type Door, type Patience, sendAll } from "./pieces";

const LONGEST_ANSWER = 180_000;
const LONGEST_PAUSE = 30_000;
const MOST_TRIES = 60;

/** The server answered, and said no. */
class SaidNo extends Error {}

class PieceUpload extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("form")?.addEventListener("submit", this.onSubmit);
  }

  private readonly onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
    if (!file) return;
    event.preventDefault();
    form.querySelector("button")!.disabled = true;
    this.show(0, file.size);
    sendAll(file, this.door(form), (done) => this.show(done, file.size), this.patience)
      .then(() => window.location.reload())
      .catch(() => {
        form.querySelector("button")!.disabled = false;
        this.say(this.status.dataset["failed"] ?? "");
      });
  };

  /** A line that is down comes back: soon when the device says so, and otherwise it is tried, ever less often. */
  private readonly patience: Patience = async (error, failures) => {
    if (error instanceof SaidNo || failures > MOST_TRIES) return false;
    this.say(this.status.dataset["waiting"] ?? this.status.dataset["failed"] ?? "");
    await new Promise<void>((go) => {
      window.addEventListener("online", () => go(), { once: true });
      setTimeout(go, Math.min(LONGEST_PAUSE, 1_000 * 2 ** failures));
    });
    return true;
  };

  private get status(): HTMLElement {
    return this.querySelector<HTMLElement>("[role=status]")!;
  }

  private door(form: HTMLFormElement): Door {
    const url = this.getAttribute("url") ?? form.action;
    const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    return {
      received: async (name, mark) => told(await fetch(`${url}?${new URLSearchParams({ name, mark })}`, { signal: patience(LONGEST_ANSWER) })),
      send: async (file, at, piece, mark) => {
        const body = new FormData();
        body.set("csrfmiddlewaretoken", token);
        body.set("name", file.name);
        body.set("at", String(at));
        body.set("size", String(file.size));
        body.set("mark", mark);
        body.set("piece", piece, file.name);
        return told(await fetch(url, { method: "POST", body, signal: patience(LONGEST_ANSWER) }));
      },
    };
  }

  private show(done: number, size: number): void {
    const bar = this.querySelector("progress")!;
    bar.hidden = false;
    bar.max = size;
    bar.value = done;
    const words = this.status.dataset["going"] ?? "";
    this.say(words.replace("{done}", megabytes(done)).replace("{size}", megabytes(size)));
  }

  private say(words: string): void {
    this.status.hidden = false;
    this.status.textContent = words;
  }
}

async function told(answer: Response): Promise<number> {
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) throw new SaidNo(String(answer.status));
  if (answer.status === 507) throw new SaidNo("no room");
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { received: number }).received;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1048576).toFixed(1)} MB`;
}

customElements.define("piece-upload", PieceUpload);
