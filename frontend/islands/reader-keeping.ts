// Keeping what is read on this device, as the reader offers it: asked for, seen going on, said what went wrong, and taken away again.
import type { BookReader } from "./book-reader";
import { sizeOf } from "./elements";
import { keepFile, keepPage } from "./keep-file";
import { forget, forgetOthers, keptFile, mayStay, note, sweep, type KeptFile } from "./kept-files";

export async function keepWhenAsked(reader: BookReader): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  if (reader.reader) await forgetOthers(reader.reader);
  await navigator.serviceWorker.register(reader.getAttribute("worker")!).catch(() => undefined);
  const kept = await keptFile(reader.address);
  const box = reader.querySelector<HTMLElement>("[data-keeping]");
  if (box) return new Keeping(reader, box).begin(kept);
  if (kept && !(await mayStay(reader.address))) await forget(reader.address);
}

class Keeping {
  private readonly keep: HTMLButtonElement;
  private readonly away: HTMLButtonElement;
  private readonly bar: HTMLProgressElement;
  private readonly said: HTMLElement;

  constructor(
    private readonly reader: BookReader,
    box: HTMLElement,
  ) {
    this.keep = box.querySelector("[data-keep]")!;
    this.away = box.querySelector("[data-forget]")!;
    this.bar = box.querySelector("progress")!;
    this.said = box.querySelector("[data-keep-said]")!;
    box.hidden = false;
    this.keep.addEventListener("click", () => void this.run());
    this.away.addEventListener("click", () => void this.remove());
  }

  async begin(kept: KeptFile | null): Promise<void> {
    this.show(kept);
    if (kept?.isWhole) await this.refresh(kept).catch(() => undefined);
  }

  /** The scripts and styles of this page as it is now: with another version of the program they have other names. */
  private get own(): string[] {
    const files = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[rel=stylesheet], script[src]");
    const more = [this.reader.getAttribute(this.reader.kind), this.reader.getAttribute("list")].filter((each) => each !== null);
    return [...new Set([...files].map((each) => ("src" in each ? each.src : each.href)).concat(more.map((each) => new URL(each, location.href).href)))];
  }

  /** A newer program has written this page: the kept one follows, with all that it is made of. */
  private async refresh(kept: KeptFile): Promise<void> {
    const own = this.own;
    if (own.every((each) => kept.own.includes(each))) return;
    await keepPage({ ...kept, own });
    await note({ ...kept, own });
    await sweep();
  }

  private show(kept: KeptFile | null): void {
    this.keep.hidden = kept?.isWhole ?? false;
    this.away.hidden = kept === null;
    this.reader.toggleAttribute("data-kept", kept?.isWhole ?? false);
    this.said.textContent = kept ? (kept.isWhole ? `${this.reader.word("kept")} (${sizeOf(kept.size)})` : this.reader.word("begun")) : "";
  }

  private async run(): Promise<void> {
    this.keep.disabled = true;
    this.bar.hidden = false;
    this.bar.value = 0;
    this.said.textContent = this.reader.word("keeping");
    void navigator.storage?.persist?.();
    const fault = await keepFile(this.reader.address, this.reader.reader, this.own, (part) => (this.bar.value = part));
    this.keep.disabled = false;
    this.bar.hidden = true;
    this.show(await keptFile(this.reader.address));
    if (fault) this.said.textContent = this.reader.word(`not-kept-${fault}`);
    else await navigator.serviceWorker.register(this.reader.getAttribute("worker")!, { scope: "/" }).catch(() => undefined);
    if (!fault) this.away.focus();
  }

  private async remove(): Promise<void> {
    await forget(this.reader.address);
    this.show(null);
    this.said.textContent = this.reader.word("forgotten");
    this.keep.focus();
  }
}
