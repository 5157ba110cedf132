// <kept-list>: what is kept on this device, how much it takes, and the way to read it or take it away. It stands in for every page of the
// site that cannot be reached. With a connection it lets go what the library took back, and sends what was marked meanwhile.
import { button, cookie, element, sizeOf, wordsOf } from "./elements";
import { forget, forgetOthers, keptFiles, mayStay, type KeptFile } from "./kept-files";
import { Sync } from "./reading-sync";

class KeptList extends HTMLElement {
  private readonly word = wordsOf("kept-words");

  connectedCallback(): void {
    window.addEventListener("online", () => void this.bringTogether());
    this.tellWhereFrom(new URLSearchParams(location.search).get("from"));
    void this.show().then(() => this.bringTogether());
  }

  private get reader(): string {
    return this.getAttribute("reader") ?? "";
  }

  /** The page that could not be reached, to be tried again. */
  private tellWhereFrom(page: string | null): void {
    if (!page || !/^\/(?![/\\])/.test(page)) return;
    this.querySelector<HTMLElement>("[data-elsewhere]")!.hidden = false;
    this.querySelector<HTMLAnchorElement>("[data-elsewhere] a")!.href = page;
  }

  private async show(): Promise<void> {
    const files = await keptFiles();
    const bytes = files.reduce((sum, each) => sum + each.size, 0);
    const room = await navigator.storage?.estimate?.().catch(() => undefined);
    const free = room?.quota ? ` ${this.word("free").replace("0", sizeOf(room.quota - (room.usage ?? 0)))}` : "";
    this.querySelector("[data-list]")!.replaceChildren(...files.map((each) => this.line(each)));
    this.querySelector<HTMLElement>("[data-empty]")!.hidden = files.length > 0;
    this.querySelector("[data-sum]")!.textContent = files.length ? this.word("sum").replace("0", sizeOf(bytes)) + free : "";
    this.dataset["ready"] = "";
  }

  private line(file: KeptFile): HTMLLIElement {
    const [title, state] = [element("b", {}, file.title), file.isWhole ? sizeOf(file.size) : this.word("begun")];
    const read = element("a", { href: `${file.address}read` }, title, element("span", { class: "small quiet" }, `${file.name} · ${state}`));
    const away = button(this.word("remove"), () => void this.away(file));
    away.setAttribute("aria-label", `${this.word("remove")}: ${file.title}`);
    return element("li", { class: "row still spread" }, read, away);
  }

  private async away(file: KeptFile): Promise<void> {
    await forget(file.address);
    await this.show();
    this.tell(this.word("removed").replace("0", file.title));
    this.querySelector<HTMLElement>("h1")!.focus();
  }

  private tell(said: string): void {
    this.querySelector("[data-said]")!.textContent = said;
  }

  private async bringTogether(): Promise<void> {
    if (!navigator.onLine) return;
    if (this.reader) await forgetOthers(this.reader);
    const gone: string[] = [];
    for (const file of await keptFiles()) {
      if (!(await mayStay(file.address))) gone.push(file.title), await forget(file.address);
      else if (this.reader) await new Sync(`${file.address}reading`, this.reader, () => cookie("csrftoken")).bring();
    }
    await this.show();
    if (gone.length) this.tell(this.word("taken").replace("0", gone.join(", ")));
  }
}

customElements.define("kept-list", KeptList);
