// <piece-upload url> around a form with a file: sends it in pieces, shows how far it is, and goes on after a lost connection when the same
// file is chosen again. Without scripts the form sends the file whole.
import { type Door, sendAll } from "./pieces";

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
    sendAll(file, this.door(form), (done) => this.show(done, file.size))
      .then(() => window.location.reload())
      .catch(() => {
        form.querySelector("button")!.disabled = false;
        this.say(this.status.dataset["failed"] ?? "");
      });
  };

  private get status(): HTMLElement {
    return this.querySelector<HTMLElement>("[role=status]")!;
  }

  private door(form: HTMLFormElement): Door {
    const url = this.getAttribute("url") ?? form.action;
    const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    return {
      received: async (name) => told(await fetch(`${url}?name=${encodeURIComponent(name)}`)),
      send: async (file, at, piece) => {
        const body = new FormData();
        body.set("csrfmiddlewaretoken", token);
        body.set("name", file.name);
        body.set("at", String(at));
        body.set("size", String(file.size));
        body.set("piece", piece, file.name);
        return told(await fetch(url, { method: "POST", body }));
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
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { received: number }).received;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1048576).toFixed(1)} MB`;
}

customElements.define("piece-upload", PieceUpload);
